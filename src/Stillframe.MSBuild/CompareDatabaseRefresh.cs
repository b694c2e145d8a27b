using Microsoft.Build.Framework;
using Stillframe.Dumps;
using Stillframe.Refreshing;

namespace Stillframe.MSBuild;

/// <summary>Says whether the dump has anything new for the released service, and refuses one of another schema.</summary>
public sealed class CompareDatabaseRefresh : DatabaseTask
{
    const int MostDifferences = 20;

    /// <summary>Of the frame that would be built.</summary>
    [Required]
    public string DataVersion { get; set; } = "";

    /// <summary>The <see cref="DumpSummary"/>, as JSON.</summary>
    [Required]
    public string ReportFile { get; set; } = "";

    [Output]
    public bool Needed { get; private set; }

    protected override async Task ExecuteAsync(IReporter reporter, CancellationToken cancellationToken)
    {
        var released = RefreshState.Of(BuildEngine, ProjectFile)!.Released;
        Needed = DataVersion != released.DataVersion;
        if (!Needed)
        {
            reporter.Message(Importance.High, $"Nothing has changed: {released.Place} has this data already");
            return;
        }

        var dump = await Json.ReadAsync<DumpSummary>(ReportFile, cancellationToken);
        if (dump.SchemaVersion == released.SchemaVersion)
            return;
        var why = released.SchemaVersion is null
            ? "it was made before frames had schema versions"
            : string.Join(", ", Few(ReleasedFrame.Differences(released.Structure, dump.Structure)));
        throw new StillframeException(
            ErrorCodes.SchemaChanged,
            $"The dump does not have the schema of {released.Place}, with which the released service was built: {why}. Publish the service: a refresh brings new data to a service that runs, and nothing else.");
    }

    static IEnumerable<string> Few(IReadOnlyList<string> differences) =>
        differences.Count <= MostDifferences ? differences : [.. differences.Take(MostDifferences), $"and {differences.Count - MostDifferences} more"];
}
