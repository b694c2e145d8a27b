namespace Stillframe.Dumps;

/// <summary>A build reads a dump more than once, and each time it must be the one that was fingerprinted.</summary>
internal static class ChangedDump
{
    public static StillframeException Error(string file, SourceLocation? location = null) => new(
        ErrorCodes.DumpReplaced,
        $"'{file}' has changed while the build was reading it. Build again when nobody writes to it; a new dump is best written beside the old one and renamed.",
        location ?? new(file));
}
