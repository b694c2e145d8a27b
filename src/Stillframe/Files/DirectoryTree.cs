using System.IO.Enumeration;

namespace Stillframe.Files;

/// <summary>What is below a directory, links included but not followed: what they lead to is not below it.</summary>
static class DirectoryTree
{
    static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    public static IEnumerable<FileSystemInfo> Of(string directory) => new FileSystemEnumerable<FileSystemInfo>(
        Path.GetFullPath(directory), (ref FileSystemEntry entry) => entry.ToFileSystemInfo(), Everything)
    {
        ShouldRecursePredicate = (ref FileSystemEntry entry) => !IsLink(entry.Attributes),
    };

    /// <summary>As far as it can be removed now.</summary>
    public static void TryDelete(string directory)
    {
        try
        {
            Directory.Delete(directory, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // it goes with the directory around it
        }
    }

    public static bool IsLink(FileSystemInfo info) => IsLink(info.Attributes);

    static bool IsLink(FileAttributes attributes) => (attributes & FileAttributes.ReparsePoint) != 0;
}
