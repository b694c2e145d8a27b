using Stillframe.Dumps;
using Stillframe.Registries;

namespace Stillframe.EndToEnd.Oracle.Mutations;

/// <summary>Whether a text is taken for a dump, refused, or neither.</summary>
static class Reader
{
    /// <summary>A file of a megabyte is read in a tenth of a second.</summary>
    static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <returns>Why it is refused; null where it is taken.</returns>
    /// <exception cref="Exception">Anything else is a bug.</exception>
    public static async Task<StillframeException?> TryAsync(string file, byte[] text)
    {
        await File.WriteAllBytesAsync(file, text);
        try
        {
            await Task.Run(() => DumpInspector.Inspect([file], new(), SilentReporter.Instance, default)).WaitAsync(Limit);
            return null;
        }
        catch (StillframeException e)
        {
            return e;
        }
    }
}
