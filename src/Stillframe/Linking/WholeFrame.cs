using System.Globalization;
using Stillframe.Compiling;
using Stillframe.Dumps;
using Stillframe.Engines;
using Stillframe.Families;
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
sealed class WholeFrame(LinkRequest request, IReporter reporter)
{
    /// <summary>What a run writes that only gathers statistics.</summary>
    static readonly string[] Touched = [FileNormalizer.SystemTablespace, .. StatisticsStore.Files];

    /// <summary>Written by one session and forgotten by one thread, the same files come out each time.</summary>
    static readonly string[] Reproducible = ["--innodb-stats-persistent=0", "--innodb-purge-threads=1"];

    readonly IReadOnlyList<string> storageOptions = StorageOptions.Of(request.Frame.ServerOptions);

    /// <param name="sandbox">Its data directory is empty.</param>
    /// <exception cref="StillframeException">SF1xxx, SF2xxx, SF3001.</exception>
    public async Task<LinkedFrame> BuildAsync(ISandbox sandbox, CancellationToken cancellationToken)
    {
        var undo = await Loader.LoadAsync(
            sandbox,
            new(request.Dumps, request.Frame.ServerOptions, request.Frame.Clock, request.Work) { Masks = request.Masks, LoadOptions = Reproducible },
            async connection => int.Parse(await connection.ScalarAsync("SELECT @@innodb_undo_tablespaces", cancellationToken) ?? "0", CultureInfo.InvariantCulture),
            request.Progress,
            reporter,
            cancellationToken);
        var (tables, schemas, names) = await AnalyzeAsync(sandbox, [.. Touched, .. Enumerable.Range(1, undo).Select(UndoFile)], cancellationToken);
        var statistics = tables.Where(table => table.Statistics is not null).Select(table => (table.Table.Schema, table.Statistics!));
        await SchemaServer.RunAsync(
            sandbox,
            [],
            storageOptions,
            (session, _) => session.RunAsync(async connection =>
            {
                await FrameLinker.FinishAsync(connection, ServerFamily.Of(sandbox.Release), request, statistics, schemas, cancellationToken);
                return true;
            }),
            cancellationToken);

        var directory = await sandbox.TakeDataDirectoryAsync(cancellationToken);
        await DataDirectoryNormalizer.NormalizeAsync(directory, reporter, cancellationToken);
        Leftovers.Remove(directory);
        var linked = Linked(tables.Select(table => table.Table), table => Bytes(directory, names[table.FullName]));
        var map = request.Map(sandbox.Release.Text) with { Tables = [.. linked], Layers = await request.LayersBeforeAsync() };
        reporter.Message(Importance.Normal, "Packing layers");
        var plans = DataLayers.Plan(directory).Append(LinkMapLayer.Plan(map)).ToList();
        var layers = await LayerWriter.WriteAllAsync(plans, request.Work, request.Compile.Layers, reporter, cancellationToken);
        return new([.. tables.Select(table => table.Table)], [.. layers.Select(ImageLayer.Of)], [.. OfTables(plans, layers, names)]);
    }

    /// <summary>
    /// Gathers statistics, and takes back what the server wrote of them: its own rows have the time of day, which stays in the undo log when they are
    /// changed.
    /// </summary>
    async Task<(IReadOnlyList<(FrameTable Table, TableStatistics? Statistics)> Tables, IReadOnlyList<string> Schemas, IReadOnlyDictionary<TableName, string> FileNames)> AnalyzeAsync(
        ISandbox sandbox, IReadOnlyList<string> touched, CancellationToken cancellationToken)
    {
        reporter.Message(Importance.Normal, "Gathering index statistics and checksums");
        var kept = Path.Combine(request.Work, "kept");
        foreach (var name in touched)
            await sandbox.CopyDataFileAsync(name, Path.Combine(kept, name), cancellationToken);

        IReadOnlyList<(FrameTable, TableStatistics?)> tables = [];
        IReadOnlyList<string> schemas = [];
        IReadOnlyDictionary<TableName, string> names = new Dictionary<TableName, string>();
        await SchemaServer.RunAsync(
            sandbox,
            [],
            [.. storageOptions, .. LoadServer.ForStatistics],
            (session, _) => session.RunAsync(async connection =>
            {
                tables = await LoadedTables.AnalyzeAsync(connection, reporter, cancellationToken);
                schemas = await LoadedTables.SchemasAsync(connection, cancellationToken);
                names = await ServerFamily.Of(sandbox.Release).FileNamesAsync(connection, cancellationToken);
                return true;
            }),
            cancellationToken);
        await sandbox.PutDataDirectoryAsync(kept, cancellationToken);
        return (tables, schemas, names);
    }

    /// <summary>All but the system's files, the frame's description and its link map.</summary>
    static IEnumerable<TableLayer> OfTables(
        IReadOnlyList<LayerPlan> plans, IReadOnlyList<Layer> layers, IReadOnlyDictionary<TableName, string> names)
    {
        var byFile = names.ToDictionary(pair => DataFile.PathInImage(pair.Value).Trim('/'), pair => pair.Key);
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
        var dumped = request.Dumps.Summary.Tables.ToDictionary(table => table.FullName);
        return from table in tables
               let dump = dumped.GetValueOrDefault(table.FullName)
               where dump is not null
               select LinkedTable.Of(dump, table.Rows, table.Checksum, bytes(table));
    }
}
