using System.Collections.Concurrent;
using Stillframe.Engines;
using Stillframe.Layers;
using Stillframe.Loading;
using Stillframe.Loading.Bulk;
using Stillframe.Normalizing;

namespace Stillframe.Linking;

/// <summary>
/// Loads the rows of tables in a worker: a server on a copy of the frame's schema, in which they get the same numbers whatever else is loaded.
/// What it leaves is taken table by table, while other tables are still loaded.
/// </summary>
/// <param name="open">Opens one more workbench.</param>
/// <param name="shape">Options that shape the data.</param>
/// <param name="clock">For rows that take the time of day.</param>
/// <param name="work">A directory for what comes out.</param>
sealed class TableCompiler(
    Func<CancellationToken, Task<IWorkbench>> open,
    CompiledSchema schema,
    DumpScript script,
    IReadOnlyList<string> shape,
    DateTimeOffset clock,
    string work,
    CompileOptions compile,
    LoadProgress progress,
    IReporter reporter)
{
    readonly ConcurrentDictionary<(string, string), CompiledTable> done = [];
    bool started;

    /// <exception cref="OrderMattersException">A table's rows depend on more than the table.</exception>
    /// <exception cref="StillframeException">SF2005 to SF2007, SF3001.</exception>
    public async Task<IReadOnlyDictionary<(string, string), CompiledTable>> CompileAsync(IReadOnlyList<TableWork> tables, CancellationToken cancellationToken)
    {
        var hidden = tables.Where(table => table.TakesHiddenNumbers).ToList();
        for (var round = 0; round < Math.Max(1, hidden.Count); round++)
        {
            var now = round == 0 ? tables.Where(table => !table.TakesHiddenNumbers || table == hidden[0]) : [hidden[round]];
            await RunAsync([.. now], Start, cancellationToken);
        }

        progress.Done(tables.Sum(table => table.Dump.Rows));
        return done;

        void Start()
        {
            if (!started)
                progress.Begin([.. tables.Select(table => table.Dump)]);
            started = true;
        }
    }

    /// <param name="ready">To be called when the server answers.</param>
    async Task RunAsync(IReadOnlyList<TableWork> tables, Action ready, CancellationToken cancellationToken)
    {
        await using var workbench = await open(cancellationToken);
        await workbench.PutDataDirectoryAsync(schema.Directory, cancellationToken);
        var later = new ConcurrentBag<(TableWork, Loaded)>();
        var accounts = ServerAccounts.Random(schema.Schemas);
        var options = LoadServer.Options(tables.Sum(table => table.Dump.RowBytes));
        await using (var server = await workbench.StartServerAsync([.. options, .. shape], cancellationToken, accounts.Sql()))
        {
            ready();
            LoadSession Session() => new(server, workbench.Release, accounts, clock);
            await using (var session = Session())
            {
                await new ScriptSession(session, workbench.Release.Product).RunContextAsync(script, cancellationToken);
                await WithoutTriggersAsync(session, cancellationToken);
            }

            var byName = tables.ToDictionary(table => table.Name);
            var descriptions = tables.ToDictionary(table => table.Name, table => table.Table.Description);
            var jobs = TableJobs.Of(tables.Select(table => (table.Table.Description, table.Rows)), descriptions);
            await TableJobs.RunAsync(
                Session,
                jobs.Select(job => new[] { job }),
                compile.Workers,
                async (session, job, token) =>
                {
                    var table = byName[(job.Table.Schema, job.Table.Name)];
                    var loaded = await LoadAsync(session, table, token);
                    if (table.Rows is null)
                        done[table.Name] = new(loaded.Describe([], null), [], null);
                    else if (table.Table.IsPlain)
                        done[table.Name] = await ExportAsync(workbench, session, table, loaded, token);
                    else
                        later.Add((table, loaded));
                },
                cancellationToken);
            if (!later.IsEmpty)
                await server.ShutdownAsync(cancellationToken);
        }

        foreach (var (table, loaded) in later)
            done[table.Name] = await TakeAsync(workbench, table, loaded, cancellationToken);
    }

    /// <summary>The schema is the finished one, and its triggers are not for the rows of the dump, which came before them.</summary>
    static async Task WithoutTriggersAsync(LoadSession session, CancellationToken cancellationToken)
    {
        await session.ReconnectAsync(SessionOf.Builder, cancellationToken);
        await session.RunAsync(async connection =>
        {
            foreach (var trigger in await connection.QueryAsync("SELECT trigger_schema, trigger_name FROM information_schema.triggers", cancellationToken))
                await connection.ExecuteAsync($"DROP TRIGGER {Connections.Sql.Table(trigger[0]!, trigger[1]!)}", cancellationToken);
            return true;
        });
    }

    sealed record Loaded(FrameTable Table, TableStatistics Statistics, long? Clock)
    {
        public ObjectDescription Describe(IReadOnlyList<ObjectFile> files, string? leftAlone) =>
            new(Table.Rows, Table.Checksum, Statistics, files, Clock, leftAlone);
    }

    async Task<Loaded> LoadAsync(LoadSession session, TableWork table, CancellationToken cancellationToken)
    {
        var usesClock = table.Rows is { } rows && await new TableLoader(session, progress, reporter).LoadAsync(rows, table.Table.Description, cancellationToken);
        await session.ReconnectAsync(SessionOf.Builder, cancellationToken);
        return await session.RunAsync(async connection =>
        {
            var statistics = await StatisticsStore.GatherAsync(connection, table.Table.Schema, table.Table.Name, cancellationToken);
            var description = await LoadedTables.DescribeAsync(connection, table.Table.Schema, table.Table.Name, cancellationToken);
            return new Loaded(description, statistics, usesClock ? clock.ToUnixTimeSeconds() : null);
        });
    }

    /// <summary>A clean tablespace, while the server goes on with others.</summary>
    async Task<CompiledTable> ExportAsync(IWorkbench workbench, LoadSession session, TableWork table, Loaded loaded, CancellationToken cancellationToken)
    {
        await PurgeAsync(session, cancellationToken);
        await session.ExecuteAsync($"FLUSH TABLES {Connections.Sql.Table(table.Table.Schema, table.Table.Name)} FOR EXPORT", cancellationToken);
        var name = table.Table.Files[0];
        var compiled = await workbench.ReadDataFileAsync(name, (content, length, token) => NormalizeAsync(table, loaded, name, content, length, token), cancellationToken);
        await session.ExecuteAsync("UNLOCK TABLES", cancellationToken);
        return compiled;
    }

    /// <summary>
    /// Waits until what was deleted is gone, which only a purge does. The server's own way of waiting looks ten times a second, and nobody else tells an idle purge to begin but the
    /// end of an export (row0quiesce.cc, row_quiesce_table_complete): here of a table that nothing uses.
    /// </summary>
    static async Task PurgeAsync(LoadSession session, CancellationToken cancellationToken)
    {
        const int Looks = 8;
        for (var look = 0; look < Looks; look++)
        {
            if (await session.RunAsync(connection => connection.QueryAsync("SHOW GLOBAL STATUS LIKE 'Innodb_history_list_length'", cancellationToken)) is [[_, "0"]])
                return;
            await session.ExecuteAsync("FLUSH TABLES mysql.transaction_registry FOR EXPORT", cancellationToken);
            await session.ExecuteAsync("UNLOCK TABLES", cancellationToken);
            await Task.Delay(look, cancellationToken);
        }

        await session.ExecuteAsync("SET GLOBAL innodb_max_purge_lag_wait = 0", cancellationToken);
    }

    async Task<CompiledTable> NormalizeAsync(TableWork table, Loaded loaded, string name, Stream content, long length, CancellationToken cancellationToken)
    {
        await using var tablespace = schema.Normalizer.Read(content);
        var path = NewPath();
        Layer? layer = null;
        if (table.Alone is { } layerName)
        {
            var plan = new LayerPlan(layerName, [new LayerEntry.Streamed(SchemaTable.ImagePath(name), length, () => tablespace)]);
            layer = await LayerWriter.WriteAsync(plan, path, compile.Layers, cancellationToken);
        }
        else
        {
            await using var file = new NewFile(path);
            await tablespace.CopyToAsync(file, 1 << 20, cancellationToken);
            await file.CommitAsync();
        }

        return new(loaded.Describe([new(name, length)], tablespace.Result.LeftAlone), layer is null ? [path] : [], layer);
    }

    /// <summary>The files of a table after the server's shutdown.</summary>
    async Task<CompiledTable> TakeAsync(IWorkbench workbench, TableWork table, Loaded loaded, CancellationToken cancellationToken)
    {
        string? leftAlone = null;
        var directory = NewPath();
        foreach (var name in table.Table.Files)
            await workbench.CopyDataFileAsync(name, Path.Combine(directory, name), cancellationToken);

        // an Aria table's index file takes its data file along, so all are there first
        foreach (var name in table.Table.Files)
            leftAlone ??= schema.Normalizer.Normalize(Path.Combine(directory, name), name, cancellationToken)?.LeftAlone;
        var paths = table.Table.Files.Select(name => Path.Combine(directory, name)).ToList();
        var files = table.Table.Files.Zip(paths, (name, path) => new ObjectFile(name, new FileInfo(path).Length)).ToList();
        var description = loaded.Describe(files, leftAlone);
        return table.Alone is { } layerName
            ? new(description, [], await LayerWriter.WriteAsync(PlanOf(layerName, [(description, paths)]), NewPath(), compile.Layers, cancellationToken))
            : new(description, paths, null);
    }

    /// <summary>A layer of files.</summary>
    public static LayerPlan PlanOf(string name, IEnumerable<(ObjectDescription Description, IReadOnlyList<string> Paths)> tables) => new(
        name,
        [.. tables.SelectMany(table => table.Description.Files.Zip(table.Paths, (file, path) => new LayerEntry.File(SchemaTable.ImagePath(file.Name), path)))]);

    string NewPath() => Path.Combine(work, Path.GetRandomFileName());
}

/// <summary>How tables are compiled; none of it may make a difference to what comes out, but for the layers' compression.</summary>
/// <param name="Workers">Tables loaded at a time.</param>
sealed record CompileOptions(int Workers, LayerOptions Layers)
{
    public static CompileOptions Default { get; } = new(TableJobs.DefaultWorkers, new());
}
