using System.Collections.Concurrent;
using Stillframe.Dumps;
using Stillframe.Engines;
using Stillframe.Families;
using Stillframe.Loading;
using Stillframe.Loading.Bulk;

namespace Stillframe.Compiling;

/// <summary>
/// Writes the files of tables, and loads the rows of those whose files can't be written in a worker: a server on a copy of the frame's schema, in which they get the same
/// numbers whatever else is loaded. What it leaves is taken table by table, while other tables are still loaded.
/// </summary>
/// <param name="open">Opens one more sandbox.</param>
sealed class TableCompiler(Func<CancellationToken, Task<ISandbox>> open, CompileContext context, SessionCache sessions, LoadProgress progress, IReporter reporter)
{
    readonly ConcurrentDictionary<TableName, CompiledTable> done = [];
    readonly ServerAccounts accounts = ServerAccounts.Random(context.Schema.Schemas);
    bool started;

    /// <exception cref="OrderMattersException">A table's rows depend on more than the table.</exception>
    /// <exception cref="StillframeException">SF2005 to SF2007, SF3001.</exception>
    public async Task<IReadOnlyDictionary<TableName, CompiledTable>> CompileAsync(IReadOnlyList<TableWork> tables, CancellationToken cancellationToken)
    {
        if (context.Schema.Forms is not null)
            await WriteAsync(tables, cancellationToken);
        List<TableWork> left = [.. tables.Where(table => !done.ContainsKey(table.Name))];
        var hidden = left.Where(table => table.TakesHiddenNumbers).ToList();
        for (var round = 0; round < (left.Count == 0 ? 0 : Math.Max(1, hidden.Count)); round++)
        {
            var now = round == 0 ? left.Where(table => !table.TakesHiddenNumbers || table == hidden[0]) : [hidden[round]];
            await RunAsync([.. now], () => Start(tables), cancellationToken);
        }

        progress.Done(tables.Sum(table => table.Dump.Rows));
        return done;
    }

    void Start(IReadOnlyList<TableWork> tables)
    {
        if (!started)
            progress.Begin([.. tables.Select(table => table.Dump)]);
        started = true;
    }

    /// <summary>Those whose files can be written, big ones first.</summary>
    async Task WriteAsync(IReadOnlyList<TableWork> tables, CancellationToken cancellationToken)
    {
        if (!await sessions.FindAsync(context.Script, context.Work, cancellationToken))
        {
            await using var sandbox = await open(cancellationToken);
            await sandbox.PutDataDirectoryAsync(context.Schema.Directory, cancellationToken);
            await using var server = await StartAsync(sandbox, 0, cancellationToken);
            await using var session = new LoadSession(server, sandbox.Release, accounts, context.Clock);
            await new ScriptSession(session).RunContextAsync(context.Script, cancellationToken);
            await sessions.AddAsync(context.Script, cancellationToken);
        }

        _ = Jobs(tables); // throws where their order matters
        Start(tables);
        var writing = new TableWriting(context, progress, reporter);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(context.Options.Workers, 1), CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(tables.OrderByDescending(table => table.Dump.RowBytes), parallel, async (table, token) =>
        {
            if (await writing.CompileAsync(table, token) is { } compiled)
                done[table.Name] = compiled;
        });
    }

    /// <exception cref="OrderMattersException">They can't be loaded in another order than the dump's.</exception>
    static IReadOnlyList<TableJob> Jobs(IReadOnlyList<TableWork> tables) =>
        TableJobs.Of(tables.Select(table => (table.Table.Description, table.Rows)), tables.ToDictionary(table => table.Name, table => table.Table.Description));

    /// <param name="ready">To be called when the server answers.</param>
    async Task RunAsync(IReadOnlyList<TableWork> tables, Action ready, CancellationToken cancellationToken)
    {
        await using var sandbox = await open(cancellationToken);
        await sandbox.PutDataDirectoryAsync(context.Schema.Directory, cancellationToken);
        var files = new CompiledTableFiles(sandbox, context);
        var later = new ConcurrentBag<(TableWork, LoadedTable)>();
        var family = ServerFamily.Of(sandbox.Release);
        await using (var server = await StartAsync(sandbox, tables.Sum(table => table.Dump.RowBytes), cancellationToken))
        {
            ready();
            LoadSession Session() => new(server, sandbox.Release, accounts, context.Clock);
            await using (var session = Session())
            {
                await new ScriptSession(session).RunContextAsync(context.Script, cancellationToken);
                await WithoutTriggersAsync(session, cancellationToken);
                foreach (var statement in family.BeforeRows)
                    await session.ExecuteAsync(statement, cancellationToken);
            }

            var byName = tables.ToDictionary(table => table.Name);
            var jobs = Jobs(tables);
            await TableJobs.RunAsync(
                Session,
                jobs.Select(job => new[] { job }),
                context.Options.Workers,
                async (session, job, token) =>
                {
                    var table = byName[job.Table.Name];
                    var loaded = await LoadAsync(session, table, family, token);
                    if (table.Rows is null)
                        done[table.Name] = new(loaded.Describe([], null), [], null);
                    else if (table.Table.IsPlain && family.ExportsTables)
                        done[table.Name] = await files.ExportAsync(session, table, loaded, token);
                    else
                        later.Add((table, loaded));
                },
                cancellationToken);
            if (!later.IsEmpty)
                await server.ShutdownAsync(cancellationToken);
        }

        foreach (var (table, loaded) in later)
            done[table.Name] = await files.TakeAsync(table, loaded, cancellationToken);
    }

    Task<IServer> StartAsync(ISandbox sandbox, long rowBytes, CancellationToken cancellationToken)
    {
        var family = ServerFamily.Of(sandbox.Release);
        return sandbox.StartServerAsync([.. family.LoadOptions(rowBytes), .. context.StorageOptions], cancellationToken, family.AccountsSql(accounts));
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

    async Task<LoadedTable> LoadAsync(LoadSession session, TableWork table, ServerFamily family, CancellationToken cancellationToken)
    {
        var usesClock = table.Rows is { } rows && await new TableLoader(session, progress, reporter, context.Masks).LoadAsync(rows, table.Table.Description, cancellationToken);
        await session.ReconnectAsync(SessionOf.Builder, cancellationToken);
        return await session.RunAsync(async connection =>
        {
            var statistics = await StatisticsStore.GatherAsync(connection, table.Name, cancellationToken);
            var description = await LoadedTables.DescribeAsync(connection, table.Name, cancellationToken);
            var counter = await family.CounterAsync(connection, table.Name, cancellationToken);
            return new LoadedTable(description, statistics, usesClock ? context.Clock.ToUnixTimeSeconds() : null) { Counter = counter };
        });
    }
}
