using System.Globalization;
using Stillframe.Connections;
using Stillframe.Dumps;
using Stillframe.Engines;
using Stillframe.Freezing;
using Stillframe.Images;
using Stillframe.Layers;
using Stillframe.Loading;
using Stillframe.Normalizing;

namespace Stillframe.Linking;

/// <summary>
/// A frame whose tables can't be compiled one by one, since a script or a statement of the dump has a hand in more than one: it is loaded as a
/// whole, each time.
/// </summary>
sealed class WholeFrame(LinkRequest request, IReadOnlyList<string> scripts, IReporter reporter)
{
    /// <summary>What a run writes that only gathers statistics.</summary>
    static readonly string[] Touched = [FileNormalizer.SystemTablespace, "mysql/innodb_table_stats.ibd", "mysql/innodb_index_stats.ibd"];

    readonly IReadOnlyList<string> shape = DataShape.Options(request.ServerOptions);

    /// <param name="workbench">Its data directory is empty.</param>
    /// <param name="why">The end of a sentence.</param>
    /// <exception cref="StillframeException">SF1xxx, SF2xxx, SF3001.</exception>
    public async Task<LinkedFrame> BuildAsync(IWorkbench workbench, string why, CancellationToken cancellationToken)
    {
        reporter.Message(Importance.Normal, $"The frame is loaded as a whole: {why}");
        request.Require(request.Summary.Tables, true);
        var undo = await Loader.LoadAsync(
            workbench,
            new(request.Dumps, request.DumpOptions, request.Summary, scripts, request.ServerOptions, request.Clock, request.Work),
            request.Progress,
            reporter,
            cancellationToken);
        var (tables, schemas, names) = await AnalyzeAsync(workbench, [.. Touched, .. Enumerable.Range(1, undo).Select(UndoFile)], cancellationToken);
        var statistics = tables.Where(table => table.Statistics is not null).Select(table => (table.Table.Schema, table.Statistics!));
        await LinkServer.RunAsync(
            workbench,
            [],
            shape,
            (session, _) => session.RunAsync(async connection =>
            {
                await FrameLinker.FinishAsync(connection, request, statistics, schemas, cancellationToken);
                return true;
            }),
            cancellationToken);

        var directory = await workbench.TakeDataDirectoryAsync(cancellationToken);
        await DataDirectoryNormalizer.NormalizeAsync(directory, reporter, cancellationToken);
        Leftovers.Remove(directory);
        var linked = Linked(tables.Select(table => table.Table), table => Bytes(directory, names[(table.Schema, table.Name)]));
        var map = new LinkMap(
            LinkMap.CurrentFormat, request.Inputs.DataVersion, request.Inputs.Content, workbench.Release.Text, [], [.. linked], await request.LayersBeforeAsync(),
            request.Summary.DataVersion);
        reporter.Message(Importance.Normal, "Packing layers");
        var plans = DataLayers.Plan(directory).Append(LinkMapLayer.Plan(map)).ToList();
        var layers = await LayerWriter.WriteAllAsync(plans, request.Work, request.Compile.Layers, reporter, cancellationToken);
        return new([.. tables.Select(table => table.Table)], [.. layers.Select(ImageLayer.Of)], map, [.. OfTables(plans, layers, names)]);
    }

    /// <summary>
    /// Gathers statistics, and takes back what the server wrote of them: its own rows have the time of day, which stays in the undo log when they are
    /// changed.
    /// </summary>
    async Task<(IReadOnlyList<(FrameTable Table, TableStatistics? Statistics)> Tables, IReadOnlyList<string> Schemas, IReadOnlyDictionary<(string, string), string> FileNames)> AnalyzeAsync(
        IWorkbench workbench, IReadOnlyList<string> touched, CancellationToken cancellationToken)
    {
        reporter.Message(Importance.Normal, "Gathering index statistics and checksums");
        var kept = Path.Combine(request.Work, "kept");
        foreach (var name in touched)
            await workbench.CopyDataFileAsync(name, Path.Combine(kept, name), cancellationToken);

        IReadOnlyList<(FrameTable, TableStatistics?)> tables = [];
        IReadOnlyList<string> schemas = [];
        IReadOnlyDictionary<(string, string), string> names = new Dictionary<(string, string), string>();
        await LinkServer.RunAsync(
            workbench,
            [],
            [.. shape, .. LoadServer.ForStatistics],
            (session, _) => session.RunAsync(async connection =>
            {
                tables = await LoadedTables.AnalyzeAsync(connection, reporter, cancellationToken);
                schemas = await LoadedTables.SchemasAsync(connection, cancellationToken);
                names = await SchemaTable.FileNamesAsync(connection, cancellationToken);
                return true;
            }),
            cancellationToken);
        await workbench.PutDataDirectoryAsync(kept, cancellationToken);
        return (tables, schemas, names);
    }

    /// <summary>All but the system's files, the frame's description and its link map.</summary>
    static IEnumerable<TableLayer> OfTables(
        IReadOnlyList<LayerPlan> plans, IReadOnlyList<Layer> layers, IReadOnlyDictionary<(string, string), string> names)
    {
        var byFile = names.ToDictionary(pair => SchemaTable.ImagePath(pair.Value).Trim('/'), pair => pair.Key);
        return from pair in plans.Zip(layers).Skip(1).SkipLast(2)
               let tables = pair.First.Entries.Select(entry => entry.Path.Split('.', '#')[0]).Distinct().Where(byFile.ContainsKey).Select(path => byFile[path])
               select new TableLayer(pair.Second.DiffId, pair.Second.UncompressedSize, [.. tables]);
    }

    static string UndoFile(int number) => string.Create(CultureInfo.InvariantCulture, $"undo{number:000}");

    /// <summary>Of a table's files and its partitions'.</summary>
    static long Bytes(string directory, string name) =>
        new DirectoryInfo(directory).EnumerateFiles(name + ".*").Concat(new DirectoryInfo(directory).EnumerateFiles(name + "#*"))
            .Where(file => file.Extension != ".frm").Sum(file => file.Length);

    IEnumerable<LinkedTable> Linked(IEnumerable<FrameTable> tables, Func<FrameTable, long> bytes)
    {
        var dumped = request.Summary.Tables.ToDictionary(table => (table.Schema, table.Name));
        return from table in tables
               let dump = dumped.GetValueOrDefault((table.Schema, table.Name))
               where dump is not null
               select new LinkedTable(table.Schema, table.Name, dump.SchemaFingerprint, dump.RowsFingerprint, table.Rows, table.Checksum, bytes(table), null, null);
    }
}
