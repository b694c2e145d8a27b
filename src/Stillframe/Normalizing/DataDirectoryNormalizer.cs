namespace Stillframe.Normalizing;

/// <summary>A file of a frame that may differ from build to build, and why.</summary>
/// <param name="Name">Path within the data directory, with <c>/</c>.</param>
sealed record LeftAlone(string Name, string Reason);

/// <summary>
/// Makes data directories of equal content equal in bytes, and free of the run that made them: docs/why-normalise-pages.md.
/// The server must have been shut down cleanly and slowly (<c>--innodb-fast-shutdown=0</c>), and its <c>aria_log*</c> are no longer needed afterwards.
/// </summary>
static class DataDirectoryNormalizer
{
    /// <summary>Normalises in place, several files at a time, large ones first.</summary>
    /// <returns>Files that are not wholly normalised, in ordinal order.</returns>
    /// <exception cref="StillframeException">SF2010: the server was not shut down cleanly, or a file is damaged.</exception>
    public static Task<IReadOnlyList<LeftAlone>> NormalizeAsync(string directory, IReporter reporter, CancellationToken cancellationToken) =>
        NormalizeAsync(directory, FileNormalizer.For(directory), _ => true, reporter, cancellationToken);

    /// <param name="normalizer">Of this directory.</param>
    /// <param name="choose">Which files, by their names within the directory.</param>
    /// <inheritdoc cref="NormalizeAsync(string, IReporter, CancellationToken)"/>
    public static async Task<IReadOnlyList<LeftAlone>> NormalizeAsync(
        string directory, FileNormalizer normalizer, Func<string, bool> choose, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(choose);
        ArgumentNullException.ThrowIfNull(reporter);
        var files = new DirectoryInfo(directory).EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => file.LinkTarget is null)
            .Select(file => (Name: Path.GetRelativePath(directory, file.FullName).Replace('\\', '/'), file.FullName, file.Length))
            .Where(file => choose(file.Name))
            .OrderByDescending(file => file.Length)
            .ToList();
        var left = new System.Collections.Concurrent.ConcurrentBag<LeftAlone>();
        await Parallel.ForEachAsync(files, cancellationToken, (file, token) =>
        {
            if (normalizer.Normalize(file.FullName, file.Name, token)?.LeftAlone is { } reason)
                left.Add(new(file.Name, reason));
            return ValueTask.CompletedTask;
        });
        var sorted = left.OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
        foreach (var file in sorted)
            reporter.Message(Importance.Normal, $"{file.Name} may differ from build to build: {file.Reason}");
        return sorted;
    }
}
