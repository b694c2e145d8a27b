using Stillframe.Compiling;
using Stillframe.Connections;
using Stillframe.Dumps;
using Stillframe.Engines;
using Stillframe.Families;
using Stillframe.Images;
using Stillframe.Layers;
using Stillframe.Loading;
using Stillframe.Normalizing;

namespace Stillframe.Linking;

/// <summary>Writes into the schema what concerns all tables together, and puts the frame's layers in order.</summary>
sealed class FrameLinker(LinkRequest request, IReadOnlyList<string> storageOptions, IReporter reporter)
{
    /// <param name="sandbox">Holds the schema.</param>
    /// <param name="tables">All of them, compiled.</param>
    /// <param name="layers">Of tables with rows.</param>
    /// <exception cref="StillframeException">SF2005 to SF2007, SF2010, SF3001.</exception>
    public async Task<LinkedFrame> LinkAsync(
        ISandbox sandbox,
        CompiledSchema schema,
        LinkPlan plan,
        IReadOnlyDictionary<TableName, CompiledTable> tables,
        IReadOnlyList<(LinkedLayer Linked, ImageLayer Image)> layers,
        CancellationToken cancellationToken)
    {
        reporter.Message(Importance.Normal, "Linking: statistics, accounts and the frame's description");
        var sequences = await FinishAsync(sandbox, schema, plan, tables, cancellationToken);
        var directory = await sandbox.TakeDataDirectoryAsync(cancellationToken);
        var linked = plan.Layers.SelectMany(layer => layer.Tables).SelectMany(table => table.Work.Table.Files).ToHashSet(StringComparer.Ordinal);
        var family = ServerFamily.Of(sandbox.Release);
        await DataDirectoryNormalizer.NormalizeAsync(directory, family.Normalizer(directory), name => !linked.Contains(name), reporter, cancellationToken);
        family.RemoveLeftovers(directory);

        var map = Map(sandbox.Release.Text, schema, plan, tables, [.. layers.Select(layer => layer.Linked)]);
        reporter.Message(Importance.Normal, "Packing layers");
        var plans = DataLayers.Plan(directory, linked: linked, links: family.Links).Append(LinkMapLayer.Plan(map)).ToList();
        var own = await LayerWriter.WriteAllAsync(plans, request.Work, request.Compile.Layers, reporter, cancellationToken);
        return new(
            [.. Described(plan, tables).Concat(sequences).OrderBy(table => table.FullName)],
            [ImageLayer.Of(own[0]), .. layers.Select(layer => layer.Image), .. own.Skip(1).Select(ImageLayer.Of)],
            [.. plan.Layers.Zip(layers, (planned, made) => new TableLayer(made.Linked.DiffId, made.Linked.UncompressedSize, [.. planned.Tables.Select(table => table.Name)]))]);
    }

    async Task<IReadOnlyList<FrameTable>> FinishAsync(
        ISandbox sandbox, CompiledSchema schema, LinkPlan plan, IReadOnlyDictionary<TableName, CompiledTable> tables, CancellationToken cancellationToken)
    {
        var sequences = new List<FrameTable>();
        await SchemaServer.RunAsync(
            sandbox,
            [],
            storageOptions,
            (session, _) => session.RunAsync(async connection =>
            {
                foreach (var sequence in schema.Tables.Where(table => table.Description.Type == "SEQUENCE"))
                    sequences.Add(await LoadedTables.DescribeAsync(connection, sequence.Name, cancellationToken));
                foreach (var table in Sorted(plan))
                    if (tables[table.Name].Description.Counter is { } counter)
                        await ServerFamily.Of(sandbox.Release).CountFromAsync(connection, table.Name, counter, cancellationToken);
                await FinishAsync(
                    connection, ServerFamily.Of(sandbox.Release), request, Sorted(plan).Select(table => (table.Name.Schema, tables[table.Name].Description.Statistics)), schema.Schemas, cancellationToken);
                return true;
            }),
            cancellationToken);
        return sequences;
    }

    /// <summary>The last that is written into a frame.</summary>
    public static async Task FinishAsync(
        ServerConnection connection, ServerFamily family, LinkRequest request, IEnumerable<(string Schema, TableStatistics Statistics)> statistics, IReadOnlyList<string> schemas, CancellationToken cancellationToken)
    {
        foreach (var (schema, rows) in statistics)
            await StatisticsStore.WriteAsync(connection, schema, rows, cancellationToken);
        await ImageTable.CreateAsync(connection, request.Frame.Facts, cancellationToken);
        await family.ReplaceAccountsAsync(connection, request.Frame.Reader, schemas, cancellationToken);
    }

    LinkMap Map(
        string server, CompiledSchema schema, LinkPlan plan, IReadOnlyDictionary<TableName, CompiledTable> tables, IReadOnlyList<LinkedLayer> layers) =>
        request.Map(server) with
        {
            IdRanges = schema.IdRanges,
            Tables =
            [
                .. from table in Sorted(plan)
                   let description = tables[table.Name].Description
                   select LinkedTable.Of(table.Work.Dump, description.Rows, description.Checksum, description.Bytes) with
                   {
                       Object = table.Key, Statistics = description.Statistics, Clock = description.Clock, Counter = description.Counter,
                   },
            ],
            Layers = layers,
        };

    static IEnumerable<FrameTable> Described(LinkPlan plan, IReadOnlyDictionary<TableName, CompiledTable> tables) =>
        plan.Tables.Select(table => new FrameTable(
            table.Name.Schema, table.Name.Name, tables[table.Name].Description.Rows, tables[table.Name].Description.Checksum));

    static IEnumerable<PlannedTable> Sorted(LinkPlan plan) =>
        plan.Tables.OrderBy(table => table.Name);
}
