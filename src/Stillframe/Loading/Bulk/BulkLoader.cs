using System.Collections.Concurrent;
using Stillframe.Connections;
using Stillframe.Dumps;

namespace Stillframe.Loading.Bulk;

/// <summary>
/// Loads dumps at the server's limit: first all tables, then the rows of several tables at a time by LOAD DATA, big tables first, then
/// views, triggers and the like. What is in the tables is what the dump's own statements would have put there.
/// </summary>
static class BulkLoader
{
    /// <summary>More only wait for one another's pages.</summary>
    const int MostWorkers = 4;

    public static int DefaultWorkers => Math.Min(MostWorkers, Environment.ProcessorCount);

    /// <param name="sessions">To the same server, one each time.</param>
    /// <param name="product">The server's.</param>
    /// <param name="workDirectory">Parent of a directory for the rows of compressed dumps; null for the system's temporary one.</param>
    /// <exception cref="StillframeException">SF1xxx of the reader, SF2006, SF2007.</exception>
    /// <exception cref="OrderMattersException">Nothing of it can stay: the dump is to be loaded statement by statement, in its order.</exception>
    public static async Task LoadAsync(
        Func<LoadSession> sessions,
        string product,
        IReadOnlyList<string> dumps,
        DumpOptions options,
        int workers,
        string? workDirectory,
        LoadProgress? progress,
        IReporter reporter,
        CancellationToken cancellationToken)
    {
        await using var work = TemporaryDirectory.Create(workDirectory);
        using var spool = new RowSpool(work.Path);
        await using var session = sessions();
        var schema = new SchemaPass(session, product, spool);
        await MakeTablesAsync(schema, dumps, options, cancellationToken);

        await session.ReconnectAsync(cancellationToken);
        var tables = await session.RunAsync(connection => TableDescription.ReadAllAsync(connection, cancellationToken));
        var queue = Queue(schema.Tables.Select(rows => new Job(rows, Independent(rows, tables))));
        await LoadRowsAsync(sessions, queue, workers, progress, reporter, cancellationToken);
        await FinishAsync(session, schema.Later, cancellationToken);
    }

    static async Task MakeTablesAsync(SchemaPass schema, IReadOnlyList<string> dumps, DumpOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Run(() => schema.RunAsync(dumps, options, cancellationToken), cancellationToken);
        }
        catch (StillframeException e) when (e.Code == ErrorCodes.StatementFailed)
        {
            // perhaps it needs what was put off
            throw new OrderMattersException(e.Message);
        }
    }

    static TableDescription Independent(TableRows rows, Dictionary<(string, string), TableDescription> tables)
    {
        if (!tables.TryGetValue((rows.Schema, rows.Name), out var table))
            throw new OrderMattersException($"{rows} gets rows before it is made, or goes by another name");
        if (table.Type != "BASE TABLE")
            throw new OrderMattersException($"{rows} is a {table.Type} table");
        return table.HasForeignKeys && rows.Segments.Any(segment => segment.Session.ChecksForeignKeys)
            ? throw new OrderMattersException($"foreign keys of {rows} are to be checked")
            : table;
    }

    /// <summary>
    /// What one worker does without the others: big tables first. Tables without a primary key are one piece of work, in the dump's
    /// order: their hidden row numbers come from one counter, and must be the same in the next build.
    /// </summary>
    static ConcurrentQueue<Job[]> Queue(IEnumerable<Job> jobs) => new(
        jobs.GroupBy(job => job.Table.HasPrimaryKey ? (object)job : "without")
            .Select(group => group.ToArray())
            .OrderByDescending(group => group.Sum(job => job.Rows.Bytes)));

    static async Task LoadRowsAsync(
        Func<LoadSession> sessions,
        ConcurrentQueue<Job[]> queue,
        int workers,
        LoadProgress? progress,
        IReporter reporter,
        CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Exception? failure = null;
        await Task.WhenAll(Enumerable.Range(0, Math.Clamp(queue.Count, 1, Math.Max(workers, 1))).Select(_ => Task.Run(WorkAsync, CancellationToken.None)));
        cancellationToken.ThrowIfCancellationRequested();
        if (failure is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);

        async Task WorkAsync()
        {
            try
            {
                await using var session = sessions();
                var loader = new TableLoader(session, progress, reporter);
                while (queue.TryDequeue(out var next))
                    foreach (var job in next)
                        await loader.LoadAsync(job.Rows, job.Table, stop.Token);
            }
            catch (Exception e)
            {
                // the first says what went wrong, the others only that they were stopped
                Interlocked.CompareExchange(ref failure, e, null);
                await stop.CancelAsync();
            }
        }
    }

    static async Task FinishAsync(LoadSession session, List<LaterStatement> statements, CancellationToken cancellationToken)
    {
        var files = new FileSession(session);
        foreach (var file in statements.GroupBy(later => later.Statement.Location.File))
        {
            if (file.All(later => later.OnlyContext))
                continue;
            foreach (var (statement, _) in file)
            {
                await files.EnterAsync(statement, cancellationToken);
                await session.ExecuteAsync(DumpLoader.Prepared(statement), statement.Location, cancellationToken);
            }
        }
    }

    sealed record Job(TableRows Rows, TableDescription Table);
}
