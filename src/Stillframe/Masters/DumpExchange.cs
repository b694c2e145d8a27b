using System.Runtime.InteropServices;

namespace Stillframe.Masters;

/// <summary>Puts a finished dump in the place of the previous one, of which nothing is lost on the way.</summary>
static class DumpExchange
{
    const string Former = ".former";

    /// <summary>Of renameat2(2): the working directory, and that both names stay.</summary>
    const int CurrentDirectory = -100, Exchange = 2;

    /// <summary>Puts the previous dump back where an exchange was broken off between its two steps.</summary>
    public static void Recover(string target)
    {
        if (!Directory.Exists(target) && Directory.Exists(target + Former))
            Directory.Move(target + Former, target);
    }

    /// <param name="finished">A directory on the same disk; what was in the other's place is there afterwards, or gone.</param>
    /// <exception cref="StillframeException">SF3001.</exception>
    public static void Put(string finished, string target)
    {
        try
        {
            if (Directory.Exists(target) && TryExchange(finished, target))
                return;
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

    /// <summary>In one step, so that there is a dump at every moment; false where the system can't do it.</summary>
    static bool TryExchange(string one, string other)
    {
        try
        {
            return OperatingSystem.IsLinux() && Rename(CurrentDirectory, one, CurrentDirectory, other, Exchange) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    // renameat2(2), for which .NET 10 has no call
    [DllImport("libc", EntryPoint = "renameat2", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Rename(int fromDirectory, [MarshalAs(UnmanagedType.LPUTF8Str)] string from, int toDirectory, [MarshalAs(UnmanagedType.LPUTF8Str)] string to, uint flags);
}
