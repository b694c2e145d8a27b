using Stillframe.Backups;
using Stillframe.Dumps;
using Stillframe.Registries;

namespace Stillframe.Inspection;

/// <summary>Reads dump files to their end, as a build does before anything else.</summary>
public static class DumpFiles
{
    /// <summary>The files that a dump is read from: those of dump directories among these paths, in their order.</summary>
    /// <exception cref="StillframeException">SF1015: a directory that is no dump, or not whole.</exception>
    /// <param name="options">Files of a directory with rows that are left out are none of them.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> paths, DumpOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return DumpDirectory.Files(paths, options);
    }

    /// <summary>The same of paths and of backups in registries (<c>oci://…</c>), which are fetched.</summary>
    /// <exception cref="StillframeException">SF1015, and those of <see cref="FetchedBackup.GetAsync"/>.</exception>
    public static async Task<IReadOnlyList<string>> FetchAsync(IReadOnlyList<string> places, IReporter reporter, CancellationToken cancellationToken, DumpOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(places);
        var paths = new List<string>();
        foreach (var place in places)
            paths.Add(await HereAsync(place, new(), reporter, cancellationToken));
        return Of(paths, options);
    }

    /// <summary>The directory of a backup in a registry, which is fetched but for rows; any other place as it is.</summary>
    internal static async Task<string> HereAsync(string place, RegistryOptions options, IReporter reporter, CancellationToken cancellationToken) =>
        FetchedBackup.IsNamedBy(place) ? (await FetchedBackup.GetAsync(place, UserCache.Directory, options, reporter, cancellationToken, withRows: false)).Directory : place;

    /// <summary>Whether it is a file of a fetched backup that was not needed yet: its directory is named for its content, and so is it.</summary>
    public static bool IsElsewhere(string file) => !File.Exists(file) && Path.GetDirectoryName(file) is { } directory && DumpDirectory.IsFetched(directory);

    /// <param name="reporter">Gets of each kind of warning the first few, when all is read.</param>
    /// <exception cref="StillframeException">SF1001 to SF1009, SF1013: one, and no warnings with it.</exception>
    public static DumpSummary Inspect(IReadOnlyList<string> files, DumpOptions options, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(reporter);
        var warnings = new FewWarnings(reporter);
        var summary = DumpInspector.Inspect(files, options, warnings, cancellationToken);
        warnings.Tell();
        return summary;
    }
}
