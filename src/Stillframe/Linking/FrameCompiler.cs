using System.Collections.Concurrent;
using System.Globalization;
using Stillframe.Dumps;
using Stillframe.Engines;
using Stillframe.Images;
using Stillframe.Layers;
using Stillframe.Loading;
using Stillframe.Loading.Bulk;

namespace Stillframe.Linking;

/// <summary>What compiling and linking need besides the place to do it in.</summary>
/// <param name="Clock">For rows that take the time of day.</param>
/// <param name="Inputs">For the link map.</param>
/// <param name="Work">A directory for what comes out.</param>
/// <param name="Require">To be asked for room before these tables are loaded (SF3001), and whether their dump is read once more for it.</param>
/// <param name="Server">The layer with the server, made meanwhile; null where the base image has it.</param>
sealed record LinkRequest(
    IReadOnlyList<string> Dumps,
    DumpOptions DumpOptions,
    DumpSummary Summary,
    ReaderAccount Reader,
    IReadOnlyDictionary<string, string> ServerOptions,
    IReadOnlyList<ImageFact> Facts,
    DateTimeOffset Clock,
    FrameInputs Inputs,
    string Work,
    CompileOptions Compile,
    Task<LinkedLayer?> Server,
    Action<IReadOnlyList<DumpTable>, bool> Require,
    LoadProgress Progress)
{
    /// <summary>The layers below those of tables that the next build can take over.</summary>
    public async Task<IReadOnlyList<LinkedLayer>> LayersBeforeAsync() => await Server is { } server ? [server] : [];
}

/// <summary>A frame's layers, but for those of its base image, and what is in them.</summary>
/// <param name="OfTables">Those of <paramref name="Layers"/> that a server starts without.</param>
sealed record LinkedFrame(IReadOnlyList<FrameTable> Tables, IReadOnlyList<ImageLayer> Layers, LinkMap Map, IReadOnlyList<TableLayer> OfTables);

/// <summary>
/// Dumps to layers: makes the schema, compiles the rows of those tables that neither the cache nor the previous frame has, and links all
/// of them. docs/compile-and-link.md.
/// </summary>
sealed class FrameCompiler(LinkRequest request, ObjectCache cache, SystemTablesCache systemTables, StoredFrame previous, TableSource source, IReporter reporter)
{
    readonly IReadOnlyList<string> shape = DataShape.Options(request.ServerOptions);

    /// <param name="script">What the dumps do besides bringing rows.</param>
    /// <param name="first">A workbench with an empty data directory.</param>
    /// <param name="open">Opens one more.</param>
    /// <exception cref="OrderMattersException">The dump is to be loaded as a whole.</exception>
    /// <exception cref="StillframeException">SF1xxx of the reader, SF2xxx, SF3001.</exception>
    public async Task<LinkedFrame> BuildAsync(DumpScript script, IWorkbench first, Func<CancellationToken, Task<IWorkbench>> open, CancellationToken cancellationToken)
    {
        if (script.ChangedAfterRows is { } changed)
            throw new OrderMattersException(changed);

        var (workbench, schema) = await SchemaAsync(first, open, script, cancellationToken);
        await using var another = ReferenceEquals(workbench, first) ? null : workbench;
        var plan = LinkPlan.Make(workbench.Release.Text, shape, schema, script, request.Summary, request.Compile.Layers.Compression);

        var (layers, tables) = await TablesAsync(plan, schema, script, open, cancellationToken);
        return await new FrameLinker(request, shape, reporter).LinkAsync(workbench, schema, plan, tables, layers, cancellationToken);
    }

    /// <summary>With the previous frame's numbers if that can be.</summary>
    async Task<(IWorkbench Workbench, CompiledSchema Schema)> SchemaAsync(
        IWorkbench first, Func<CancellationToken, Task<IWorkbench>> open, DumpScript script, CancellationToken cancellationToken)
    {
        var slots = previous.Map.Slots;
        if (script.OrderedBy is { } reason && slots.Count > 0)
            reporter.Message(Importance.Normal, $"Tables are numbered in the dump's order: {reason}");
        if (script.OrderedBy is not null || slots.Any(slot => !SlotPlan.CanBurn(slot)))
            slots = [];
        try
        {
            return (first, await SchemaAsync(first, script, slots, cancellationToken));
        }
        catch (Exception e) when (slots.Count > 0 && e is NumbersDifferException or StillframeException { Code: ErrorCodes.StatementFailed })
        {
            reporter.Message(Importance.Normal, $"Numbering all tables anew: {e.Message}");
        }

        var workbench = await open(cancellationToken);
        try
        {
            return (workbench, await SchemaAsync(workbench, script, [], cancellationToken));
        }
        catch
        {
            await workbench.DisposeAsync();
            throw;
        }
    }

    async Task<CompiledSchema> SchemaAsync(IWorkbench workbench, DumpScript script, IReadOnlyList<LinkSlot> slots, CancellationToken cancellationToken)
    {
        var schemas = new SchemaCache(cache);
        var plan = script.OrderedBy is null ? SlotPlan.Make(script, slots) : [];
        var key = SchemaCache.KeyOf(workbench.Release.Text, shape, script, plan);
        if (await schemas.FindAsync(key, workbench, request.Work, cancellationToken) is { } known)
            return known;
        reporter.Message(Importance.Normal, $"Making the schema in {workbench.Release}");
        try
        {
            var made = await SchemaCompiler.CompileAsync(
                workbench, () => systemTables.CreateAsync(workbench, shape, request.Work, cancellationToken), script, shape, plan, cancellationToken);
            await schemas.AddAsync(key, made, request.Work, cancellationToken);
            return made;
        }
        catch (StillframeException e) when (e.Code == ErrorCodes.StatementFailed && slots.Count == 0)
        {
            // perhaps it needs what was put off
            throw new OrderMattersException(e.Message);
        }
    }

    async Task<(IReadOnlyList<(LinkedLayer, ImageLayer)> Layers, IReadOnlyDictionary<(string, string), CompiledTable> Tables)> TablesAsync(
        LinkPlan plan, CompiledSchema schema, DumpScript script, Func<CancellationToken, Task<IWorkbench>> open, CancellationToken cancellationToken)
    {
        var tables = new ConcurrentDictionary<(string, string), CompiledTable>();
        var layers = new ConcurrentDictionary<string, (LinkedLayer, ImageLayer)>();
        var missing = new ConcurrentDictionary<(string, string), PlannedTable>();
        await Parallel.ForEachAsync(plan.Layers, cancellationToken, async (layer, token) =>
        {
            var members = await FindAsync(layer.Tables, token);
            if (members.All(member => member.Found is not null) && await source.FindLayerAsync(layer.Key, token) is { } found)
                layers[layer.Key] = found;
            else
                foreach (var (planned, _) in members.Where(member => member.Found is not { Paths.Count: > 0 }))
                    missing[planned.Name] = planned;
        });
        foreach (var (planned, _) in (await FindAsync(plan.WithoutRows, cancellationToken)).Where(member => member.Found is null))
            missing[planned.Name] = planned;
        foreach (var (name, compiled) in await CompileAsync([.. plan.Tables.Where(planned => missing.ContainsKey(planned.Name))], schema, script, open, cancellationToken))
            tables[name] = compiled;
        foreach (var layer in plan.Layers.Where(layer => !layers.ContainsKey(layer.Key)))
            layers[layer.Key] = await PackAsync(layer, tables, cancellationToken);
        return ([.. plan.Layers.Select(layer => layers[layer.Key])], tables);

        async Task<List<(PlannedTable Planned, CompiledTable? Found)>> FindAsync(IReadOnlyList<PlannedTable> members, CancellationToken token)
        {
            var found = new List<(PlannedTable, CompiledTable?)>();
            foreach (var planned in members)
            {
                var table = await source.FindTableAsync(planned, token);
                found.Add((planned, table));
                if (table is not null)
                    tables[planned.Name] = table;
            }

            return found;
        }
    }

    async Task<IReadOnlyDictionary<(string, string), CompiledTable>> CompileAsync(
        IReadOnlyList<PlannedTable> missing, CompiledSchema schema, DumpScript script, Func<CancellationToken, Task<IWorkbench>> open, CancellationToken cancellationToken)
    {
        if (missing.Count == 0)
        {
            reporter.Message(Importance.High, $"No table has changed: {request.Summary.Tables.Count} are linked as they are");
            return new Dictionary<(string, string), CompiledTable>();
        }

        request.Require([.. missing.Select(planned => planned.Work.Dump)], false);
        foreach (var planned in missing)
            reporter.Message(Importance.Normal, $"Compiling {planned.Work.Table}: {source.WhyNot(planned)}");
        var compiler = new TableCompiler(open, schema, script, shape, request.Clock, request.Work, request.Compile, request.Progress, reporter);
        var compiled = await compiler.CompileAsync([.. missing.Select(planned => planned.Work)], cancellationToken);
        if (missing.Count < request.Summary.Tables.Count)
            reporter.Message(Importance.High, string.Create(CultureInfo.InvariantCulture, $"Compiled {missing.Count} of {request.Summary.Tables.Count} tables; the others are linked as they are"));
        foreach (var planned in missing)
        {
            if (compiled[planned.Name].Description.LeftAlone is { } reason)
                reporter.Message(Importance.Normal, $"{planned.Work.Table} may differ from build to build: {reason}");
            await source.AddTableAsync(planned, compiled[planned.Name], cancellationToken);
        }

        return compiled;
    }

    async Task<(LinkedLayer, ImageLayer)> PackAsync(
        PlannedLayer planned, ConcurrentDictionary<(string, string), CompiledTable> tables, CancellationToken cancellationToken)
    {
        var layer = planned.Tables.Count == 1 ? tables[planned.Tables[0].Name].Layer : null;
        layer ??= await LayerWriter.WriteAsync(
            TableCompiler.PlanOf(planned.Name, planned.Tables.Select(table => (tables[table.Name].Description, tables[table.Name].Paths))),
            Path.Combine(request.Work, Path.GetRandomFileName()),
            request.Compile.Layers,
            cancellationToken);
        var linked = LinkedLayer.Of(planned.Key, layer);
        await source.AddLayerAsync(linked, layer.Path, cancellationToken);
        return (linked, ImageLayer.Of(layer));
    }
}
