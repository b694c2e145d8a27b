namespace Stillframe.Dumps;

/// <summary>Reads dump files to their end and says what they hold.</summary>
public static class DumpInspector
{
    /// <exception cref="StillframeException">SF1001 to SF1009.</exception>
    public static DumpSummary Inspect(
        IReadOnlyList<string> files,
        DumpOptions options,
        IReporter reporter,
        CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
