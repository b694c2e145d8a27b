using System.Collections.Concurrent;
using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Package;

/// <summary>
/// Folders where a project was restored. The next test with a project of the same kind gets one, without anything else that was left there: a restore takes a quarter of a small build.
/// </summary>
static class RestoredFolders
{
    static readonly ConcurrentDictionary<string, ConcurrentBag<FreshFolder>> kept = new(StringComparer.Ordinal);

    static RestoredFolders() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var folder in kept.Values.SelectMany(folders => folders))
            folder.Dispose();
    };

    /// <param name="kind">What a restore depends on, and the folder's name.</param>
    public static FreshFolder? Take(string kind) => kept.GetValueOrDefault(kind)?.TryTake(out var folder) is true ? folder : null;

    public static void Keep(string kind, FreshFolder folder)
    {
        foreach (var entry in new DirectoryInfo(folder.Path).EnumerateFileSystemInfos().Where(entry => entry.Name is not ("obj" or "nuget.config")))
            Delete(entry);
        foreach (var entry in new DirectoryInfo(folder.PathOf("obj")).EnumerateFileSystemInfos().Where(entry => !entry.Name.Contains(".nuget.", StringComparison.Ordinal) && entry.Name != "project.assets.json"))
            Delete(entry);
        kept.GetOrAdd(kind, _ => []).Add(folder);
    }

    static void Delete(FileSystemInfo entry)
    {
        if (entry is DirectoryInfo { LinkTarget: null } directory)
            directory.Delete(recursive: true);
        else
            entry.Delete();
    }
}
