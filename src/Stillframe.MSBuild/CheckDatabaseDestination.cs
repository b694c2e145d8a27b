using Stillframe.Dumps;
using Stillframe.Frames;

namespace Stillframe.MSBuild;

/// <summary>Finds out, before anything is loaded, what would stop the frame's delivery.</summary>
public sealed class CheckDatabaseDestination : DestinationTask
{
    /// <summary>Holds the <see cref="DumpSummary"/>, as JSON, where the dumps were read already.</summary>
    public string DumpReport { get; set; } = "";

    protected override async Task ExecuteAsync(IReporter reporter, CancellationToken cancellationToken)
    {
        var dump = File.Exists(DumpReport) ? await Json.ReadAsync<DumpSummary>(DumpReport, cancellationToken) : null;
        var (destination, _) = await Choice.ChooseAsync(reporter, cancellationToken);
        await destination.CheckAsync(ImageTags.Of(Tags), SpaceNeed.OfImage(dump?.Tables.Sum(table => table.RowBytes) ?? 0), reporter, cancellationToken);
    }
}
