using Stillframe.Dumps;
using Stillframe.Engines;
using Stillframe.Freezing;
using Stillframe.Images;
using Stillframe.Layers;
using Stillframe.Linking;
using Stillframe.Loading;
using Stillframe.Normalizing;

namespace Stillframe;

/// <summary>
/// A frame whose tables can't be compiled one by one, since a script or a statement of the dump has a hand in more than one: it is loaded as a
/// whole, each time.
/// </summary>
static class WholeFrame
{
    /// <param name="workbench">Its data directory is empty.</param>
    /// <param name="why">The end of a sentence.</param>
    /// <exception cref="StillframeException">SF1xxx, SF2xxx, SF3001.</exception>
    public static async Task<LinkedFrame> BuildAsync(
        IWorkbench workbench, FrameRequest request, LinkRequest link, string why, IReporter reporter, CancellationToken cancellationToken)
    {
        reporter.Message(Importance.Normal, $"The frame is loaded as a whole: {why}");
        var loaded = await Loader.LoadAsync(
            workbench,
            new(request.Dumps, link.DumpOptions, link.Summary, request.Scripts, request.Reader, request.ServerOptions, link.Facts, link.Clock, request.Engine.WorkDirectory),
            reporter,
            cancellationToken);
        var frozen = await Freezer.FreezeAsync(workbench, loaded.DataShape, reporter, cancellationToken);
        await DataDirectoryNormalizer.NormalizeAsync(frozen.Path, reporter, cancellationToken);

        var map = new LinkMap(
            LinkMap.CurrentFormat, link.Summary.DataVersion, link.Inputs, workbench.Release.Text, [], [.. Tables(loaded.Tables, link.Summary)], []);
        reporter.Message(Importance.Normal, "Packing layers");
        var plans = DataLayers.Plan(frozen.Path).Append(LinkMapLayer.Plan(map)).ToList();
        var layers = await LayerWriter.WriteAllAsync(plans, link.Work, link.Compile.Layers, reporter, cancellationToken);
        return new(loaded.Tables, [.. layers.Select(ImageLayer.Of)], map);
    }

    static IEnumerable<LinkedTable> Tables(IReadOnlyList<FrameTable> loaded, DumpSummary summary)
    {
        var dumped = summary.Tables.ToDictionary(table => (table.Schema, table.Name));
        return from table in loaded
               let dump = dumped.GetValueOrDefault((table.Schema, table.Name))
               where dump is not null
               select new LinkedTable(table.Schema, table.Name, dump.SchemaFingerprint, dump.RowsFingerprint, table.Rows, table.Checksum, dump.RowBytes, null, null);
    }
}
