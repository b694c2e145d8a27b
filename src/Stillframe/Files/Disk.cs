namespace Stillframe.Files;

/// <summary>The disk that a directory is on, whether or not the directory is there already.</summary>
/// <param name="Mount">Where it is mounted, by which two directories of one disk are known.</param>
/// <param name="Free">Bytes that this user may still write.</param>
sealed record Disk(string Mount, long Free)
{
    /// <summary>Null where the system tells nothing of it, as some network file systems.</summary>
    public static Disk? Of(string directory)
    {
        try
        {
            var there = Resolved(WritableDirectory.Existing(directory));
            var drive = new DriveInfo(there);
            return drive.TotalSize > 0 ? new(MountOf(there), drive.AvailableFreeSpace) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    static string Resolved(string directory) => Directory.ResolveLinkTarget(directory, returnFinalTarget: true)?.FullName ?? directory;

    static string MountOf(string path) =>
        DriveInfo.GetDrives().Select(drive => drive.RootDirectory.FullName).Where(root => IsBelow(path, root)).MaxBy(root => root.Length) ?? "";

    static bool IsBelow(string path, string root) => path == root || path.StartsWith(Path.EndsInDirectorySeparator(root) ? root : root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
