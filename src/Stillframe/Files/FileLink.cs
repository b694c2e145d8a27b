using System.Runtime.InteropServices;

namespace Stillframe.Files;

/// <summary>A second name for a file's content: costs nothing where the file system can do it, else a copy.</summary>
/// <remarks>By link(2), for which .NET 10 has no call.</remarks>
static class FileLink
{
    /// <exception cref="StillframeException">SF3001.</exception>
    public static async Task CreateAsync(string existing, string path, CancellationToken cancellationToken)
    {
        if (TryCreate(existing, path))
            return;
        await using var source = File.OpenRead(existing);
        await using var copy = new NewFile(path);
        await source.CopyToAsync(copy, 256 * 1024, cancellationToken);
        await copy.CommitAsync();
    }

    /// <summary>False where the file system can't do it.</summary>
    public static bool TryCreate(string existing, string path) => !OperatingSystem.IsWindows() && Link(existing, path) == 0;

    // link(2)
    [DllImport("libc", EntryPoint = "link", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string existing, [MarshalAs(UnmanagedType.LPUTF8Str)] string path);
}
