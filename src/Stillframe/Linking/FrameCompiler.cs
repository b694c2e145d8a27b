using System.Collections.Concurrent;
using System.Globalization;
using Stillframe.Compiling;
using Stillframe.Dumps;
using Stillframe.Engines;
using Stillframe.Images;
using Stillframe.Layers;
using Stillframe.Loading;
using Stillframe.Loading.Bulk;

namespace Stillframe.Linking;

/// <summary>
/// Dumps to layers: makes the schema, compiles the rows of those tables that neither the cache nor the previous frame has, and links all
/// of them. docs/compile-and-link.md.
/// </summary>
sealed class FrameCompiler(LinkRequest request, ObjectCache cache, SystemTablesCache systemTables, StoredFrame previous, TableSource source, IReporter reporter)
{
    readonly IReadOnlyList<string> storageOptions = StorageOptions.Of(request.Frame.ServerOptions);

    /// <param name="script">What the dumps do besides bringing rows.</param>
    /// <param name="first">A sandbox with an empty data directory.</param>
    /// <param name="open">Opens one more.</param>
    /// <exception cref="OrderMattersException">The dump is to be loaded as a whole.</exception>
    /// <exception cref="StillframeException">SF1xxx of the reader, SF2xxx, SF3001.</exception>
    public async Task<LinkedFrame> BuildAsync(DumpScript script, ISandbox first, Func<CancellationToken, Task<ISandbox>> open, CancellationToken cancellationToken)
    {
        if (script.ChangedAfterRows is { } changed)
            throw new OrderMattersException(changed);

        var (sandbox, schema) = await SchemaAsync(first, open, script, cancellationToken);
        await using var another = ReferenceEquals(sandbox, first) ? null : sandbox;
        var plan = LinkPlan.Make(sandbox.Release.Text, storageOptions, schema, script, request.Dumps.Summary, request.Compile);

        var (layers, tables) = await TablesAsync(plan, schema, script, open, cancellationToken);
        return await new FrameLinker(request, storageOptions, reporter).LinkAsync(sandbox, schema, plan, tables, layers, cancellationToken);
    }

    /// <summary>With the previous frame's numbers if that can be.</summary>
    async Task<(ISandbox Sandbox, CompiledSchema Schema)> SchemaAsync(
        ISandbox first, Func<CancellationToken, Task<ISandbox>> open, DumpScript script, CancellationToken cancellationToken)
    {
        var ranges = previous.Map.IdRanges;
        if (script.OrderedBy is { } reason && ranges.Count > 0)
            reporter.Message(Importance.Normal, $"Tables are numbered in the dump's order: {reason}");
        if (script.OrderedBy is not null || ranges.Any(range => !IdPlan.CanReserve(range)))
            ranges = [];
        try
        {
            return (first, await SchemaAsync(first, script, ranges, cancellationToken));
        }
        catch (Exception e) when (ranges.Count > 0 && e is NumbersDifferException or StillframeException { Code: ErrorCodes.StatementFailed })
        {
            reporter.Message(Importance.Normal, $"Numbering all tables anew: {e.Message}");
        }

        var sandbox = await open(cancellationToken);
        try
        {
            return (sandbox, await SchemaAsync(sandbox, script, [], cancellationToken));
        }
        catch
        {
            await sandbox.DisposeAsync();
            throw;
        }
    }

    async Task<CompiledSchema> SchemaAsync(ISandbox sandbox, DumpScript script, IReadOnlyList<IdRange> ranges, CancellationToken cancellationToken)
    {
        var schemas = new SchemaCache(cache);
        var plan = script.OrderedBy is null ? IdPlan.Make(script, ranges) : [];
        var wanted = new SchemaRequest(script, storageOptions, plan, request.Compile.Compiler);
        var key = SchemaCache.KeyOf(sandbox.Release.Text, wanted);
        if (await schemas.FindAsync(key, sandbox, request.Work, cancellationToken) is { } known)
            return known;
        reporter.Message(Importance.Normal, $"Making the schema in {sandbox.Release}");
        try
        {
            var made = await SchemaCompiler.CompileAsync(
                sandbox, () => systemTables.CreateAsync(sandbox, storageOptions, request.Work, cancellationToken), wanted, cancellationToken);
            await schemas.AddAsync(key, made, request.Work, cancellationToken);
            if (made.Forms is not null)
                await new SessionCache(cache, made.Server).AddAsync(script, cancellationToken);
            return made;
        }
        catch (StillframeException e) when (e is { Code: ErrorCodes.StatementFailed, Location: not null } && ranges.Count == 0)
        {
            // perhaps it needs what was put off
            throw OrderMattersException.Of(e);
        }
    }

    /// <summary>What the cache has is checked while the other tables are compiled; where it turns out to be damaged, all is looked for anew.</summary>
    async Task<(IReadOnlyList<(LinkedLayer, ImageLayer)> Layers, IReadOnlyDictionary<TableName, CompiledTable> Tables)> TablesAsync(
        LinkPlan plan, CompiledSchema schema, DumpScript script, Func<CancellationToken, Task<ISandbox>> open, CancellationToken cancellationToken)
    {
        var later = new CacheChecks();
        var found = await FoundTables.FindAsync(plan, source, later, cancellationToken);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var checking = later.RunAsync(ended.Token);
        try
        {
            if (found.Missing.Count > 0 || await checking)
                await AddCompiledAsync(found);
            if (!await checking)
                await AddCompiledAsync(found = await FoundTables.FindAsync(plan, source, null, cancellationToken));
        }
        finally
        {
            await ended.CancelAsync();
            await Task.WhenAny(checking); // its files are removed next
        }

        foreach (var layer in plan.Layers.Where(layer => !found.Layers.ContainsKey(layer.Key)))
            found.Layers[layer.Key] = await PackAsync(layer, found.Tables, cancellationToken);
        return ([.. plan.Layers.Select(layer => found.Layers[layer.Key])], found.Tables);

        async Task AddCompiledAsync(FoundTables to)
        {
            foreach (var (name, compiled) in await CompileAsync(to.Missing, schema, script, open, cancellationToken))
                to.Tables[name] = compiled;
        }
    }

    async Task<IReadOnlyDictionary<TableName, CompiledTable>> CompileAsync(
        IReadOnlyList<PlannedTable> missing, CompiledSchema schema, DumpScript script, Func<CancellationToken, Task<ISandbox>> open, CancellationToken cancellationToken)
    {
        if (missing.Count == 0)
        {
            reporter.Message(Importance.High, $"No table has changed: {request.Dumps.Summary.Tables.Count} are linked as they are");
            return new Dictionary<TableName, CompiledTable>();
        }

        request.Require([.. missing.Select(planned => planned.Work.Dump)], false);
        foreach (var planned in missing)
            reporter.Message(Importance.Normal, $"Compiling {planned.Work.Table}: {source.WhyNot(planned)}");
        var rows = missing.Select(planned => planned.Work.Rows).OfType<TableRows>().ToList();
        await request.Dumps.FetchAsync([.. rows.Select(table => table.Unread?.Path).OfType<string>()], cancellationToken);
        script.Open(rows, request.Dumps.Options, cancellationToken);
        var context = new CompileContext(schema, script, storageOptions, request.Frame.Clock, request.Work, request.Compile) { Masks = request.Masks };
        var compiler = new TableCompiler(open, context, new(cache, schema.Server), request.Progress, reporter);
        var compiled = await compiler.CompileAsync([.. missing.Select(planned => planned.Work)], cancellationToken);
        if (missing.Count < request.Dumps.Summary.Tables.Count)
            reporter.Message(Importance.High, string.Create(CultureInfo.InvariantCulture, $"Compiled {missing.Count} of {request.Dumps.Summary.Tables.Count} tables; the others are linked as they are"));
        foreach (var planned in missing)
        {
            if (compiled[planned.Name].Description.LeftAlone is { } reason)
                reporter.Message(Importance.Normal, $"{planned.Work.Table} may differ from build to build: {reason}");
            await source.AddTableAsync(planned, compiled[planned.Name], cancellationToken);
        }

        return compiled;
    }

    async Task<(LinkedLayer, ImageLayer)> PackAsync(
        PlannedLayer planned, ConcurrentDictionary<TableName, CompiledTable> tables, CancellationToken cancellationToken)
    {
        var layer = planned.Tables.Count == 1 ? tables[planned.Tables[0].Name].Layer : null;
        layer ??= await LayerWriter.WriteAsync(
            CompiledTableFiles.PlanOf(planned.Name, planned.Tables.Select(table => (tables[table.Name].Description, tables[table.Name].Paths))),
            Path.Combine(request.Work, Path.GetRandomFileName()),
            request.Compile.Layers,
            cancellationToken);
        var linked = LinkedLayer.Of(planned.Key, layer);
        await source.AddLayerAsync(linked, layer.Path, cancellationToken);
        return (linked, ImageLayer.Of(layer));
    }
}
