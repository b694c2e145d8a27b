using Stillframe.Dumps;
using Stillframe.Engines;
using Stillframe.Frames;
using Stillframe.Loading.Bulk;

namespace Stillframe;

/// <summary>The directories that a build writes to, and what it says when one of them has no room.</summary>
sealed class BuildPlaces(FrameRequest request, IReporter reporter)
{
    const string Advice = "Make room there, or ";

    SpaceNeed? need;
    string? blobs;

    string Work { get; } = Path.GetFullPath(request.Engine.WorkDirectory ?? Path.GetTempPath());

    string Cache { get; } = Path.GetFullPath(request.Engine.CacheDirectory);

    string Layout { get; } = Path.GetFullPath(request.LayoutDirectory);

    /// <summary>Where fetched parts of images are kept: the cache, or where that takes none, a directory that goes after the build.</summary>
    /// <param name="work">The build's own.</param>
    public string Blobs(string work)
    {
        if (blobs is not null)
            return blobs;
        if (WritableDirectory.WhyNot(Cache) is not { } reason)
            return blobs = Cache;
        reporter.Warning(
            ErrorCodes.WriteFailed,
            $"The cache '{Cache}' is only read, since {reason}: what this build fetches and compiles is not kept for the next one. {Advice}set another cache directory (XDG_CACHE_HOME).");
        return blobs = Path.Combine(work, "cache");
    }

    /// <summary>Before tables are loaded, and before anything is begun, with none.</summary>
    /// <param name="isRead">The dump is read for it, which keeps rows of a compressed one in a file.</param>
    /// <param name="onThisHost">The server's data directory is here, and not in a container.</param>
    /// <exception cref="StillframeException">SF3001: there is certainly too little. Where it may be too little, that is a warning.</exception>
    public void Require(DumpSummary dump, IReadOnlyList<DumpTable> loaded, bool isRead, bool onThisHost)
    {
        var rowBytes = loaded.Sum(table => table.RowBytes);
        var spooled = isRead && dump.TablesAreIndependent && IsSpooled(dump) ? dump.Tables.Sum(table => table.RowBytes) : 0;
        need = SpaceNeed.OfWork(rowBytes, spooled, onThisHost);
        if (Disk.Of(Work) is not { } work)
            return;
        // layers are linked to where they are kept, not copied, on one disk
        var image = SpaceNeed.OfImage(rowBytes);
        if (work.Free < need.Least)
            throw TooSmall(Work, need, work.Free, "keeps its temporary files", "set TMPDIR to a directory with more");
        foreach (var (place, does, advice) in new[] { (Layout, "writes the image", "let the project's obj be elsewhere"), (Cache, "keeps compiled tables", "set XDG_CACHE_HOME to a directory with more") })
        {
            if (Disk.Of(place) is not { } disk || disk.Mount == work.Mount)
                continue;
            if (place == Layout && disk.Free < rowBytes / 20) // the rest may be in a registry
                throw TooSmall(place, image, disk.Free, does, advice);
            if (disk.Free < image.Likely)
                Warn(place, image, disk.Free, does, advice);
        }

        if (work.Free < need.Likely)
            Warn(Work, need, work.Free, "keeps its temporary files", "set TMPDIR to a directory with more");
    }

    /// <summary>Rows in files of their own are read from there when their tables are loaded.</summary>
    static bool IsSpooled(DumpSummary dump) =>
        RowFile.Of([.. dump.Files.Select(file => file.Path)]).Count == 0 && dump.Files.Any(file => DumpScript.IsCompressed(file.Path));

    /// <summary>Something that a disk refused, as a user can act on it; null where it is something else.</summary>
    public StillframeException? Explain(Exception exception)
    {
        if (need is null && exception is StillframeException { Code: ErrorCodes.WriteFailed })
            return null; // says what it was about to do, and what that takes
        if (FullDisk.IsSaidBy(exception))
        {
            var place = PlaceIn(exception.Message);
            var takes = need is null ? "" : $" A build of this dump takes about {SpaceNeed.Text(place == Work ? need.Likely : need.Likely / 2)} there.";
            return new(
                ErrorCodes.WriteFailed,
                $"The disk of '{place}' is full: {exception.Message.TrimEnd('.')}.{takes} {Advice}{AdviceFor(place)}.",
                (exception as StillframeException)?.Location, exception);
        }

        if (exception is not (IOException or UnauthorizedAccessException) || new[] { Work, Cache, Layout }.FirstOrDefault(place => exception.Message.Contains(place, StringComparison.Ordinal)) is not { } refused)
            return null;
        return new(
            ErrorCodes.WriteFailed,
            $"'{refused}' can't be written or read: {exception.Message.TrimEnd('.')}. Let it be this user's, or {AdviceFor(refused)}.",
            innerException: exception);
    }

    string PlaceIn(string message) =>
        new[] { Layout, Cache, Work }.FirstOrDefault(place => message.Contains(place, StringComparison.Ordinal)) ?? Work;

    string AdviceFor(string place) =>
        place == Work ? "set TMPDIR to another directory" : place == Cache ? "set another cache directory (XDG_CACHE_HOME)" : "let the project's obj be elsewhere";

    void Warn(string place, SpaceNeed takes, long free, string does, string advice) => reporter.Warning(
        ErrorCodes.WriteFailed,
        $"There may be too little room in '{place}', where a build {does}: {SpaceNeed.Text(free)} are free, and {SpaceNeed.Text(takes.Least)} to {SpaceNeed.Text(takes.Likely)} are needed. {Advice}{advice}.");

    static StillframeException TooSmall(string place, SpaceNeed takes, long free, string does, string advice) => new(
        ErrorCodes.WriteFailed,
        $"There is too little room in '{place}', where a build {does}: {SpaceNeed.Text(free)} are free, and {SpaceNeed.Text(takes.Least)} to {SpaceNeed.Text(takes.Likely)} are needed. {Advice}{advice}.");
}
