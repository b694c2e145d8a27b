namespace Stillframe.Masters;

/// <summary>Puts a finished dump in the place of the previous one, of which nothing is lost on the way.</summary>
static class DumpExchange
{
    const string Former = ".former";

    /// <summary>Puts the previous dump back where an exchange was broken off between its two steps.</summary>
    public static void Recover(string target)
    {
        if (!Directory.Exists(target) && Directory.Exists(target + Former))
            Directory.Move(target + Former, target);
    }

    /// <param name="finished">A directory on the same disk.</param>
    /// <exception cref="StillframeException">SF3001.</exception>
    public static void Put(string finished, string target)
    {
        try
        {
            DirectoryTree.TryDelete(target + Former);
            if (Directory.Exists(target))
                Directory.Move(target, target + Former);
            Directory.Move(finished, target);
            DirectoryTree.TryDelete(target + Former);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Recover(target);
            throw new StillframeException(ErrorCodes.WriteFailed, $"Can't put the dump at '{target}': {e.Message.TrimEnd('.')}. Let the directory it is in be this user's.", innerException: e);
        }
    }
}
