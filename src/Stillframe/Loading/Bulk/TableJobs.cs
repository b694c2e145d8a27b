using System.Collections.Concurrent;
using Stillframe.Dumps;

namespace Stillframe.Loading.Bulk;

/// <summary>A table to be filled.</summary>
/// <param name="Rows">Null where it has none.</param>
sealed record TableJob(TableDescription Table, TableRows? Rows)
{
    public long Bytes => Rows?.Bytes ?? 0;

    public override string ToString() => Table.Name.ToString();
}

/// <summary>Works on several tables at a time, big ones first.</summary>
static class TableJobs
{
    /// <summary>More only wait for one another's pages.</summary>
    const int MostWorkers = 4;

    public static int DefaultWorkers => Math.Min(MostWorkers, Environment.ProcessorCount);

    /// <summary>The tables that have rows.</summary>
    /// <exception cref="OrderMattersException">They can't be loaded in another order than the dump's.</exception>
    public static IReadOnlyList<TableJob> WithRows(DumpScript script, IReadOnlyDictionary<TableName, TableDescription> tables) =>
        [.. script.Tables.Select(rows => new TableJob(Independent(rows, tables), rows))];

    /// <inheritdoc cref="WithRows"/>
    public static IReadOnlyList<TableJob> Of(
        IEnumerable<(TableDescription Table, TableRows? Rows)> work, IReadOnlyDictionary<TableName, TableDescription> tables) =>
        [.. work.Select(table => new TableJob(table.Rows is null ? table.Table : Independent(table.Rows, tables), table.Rows))];

    /// <param name="jobs">Groups whose members are done by one worker, in their order.</param>
    public static async Task RunAsync(
        Func<LoadSession> sessions,
        IEnumerable<IReadOnlyList<TableJob>> jobs,
        int workers,
        Func<LoadSession, TableJob, CancellationToken, Task> work,
        CancellationToken cancellationToken)
    {
        var queue = new ConcurrentQueue<IReadOnlyList<TableJob>>(jobs.OrderByDescending(group => group.Sum(job => job.Bytes)));
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
                while (queue.TryDequeue(out var next))
                    foreach (var job in next)
                        await work(session, job, stop.Token);
            }
            catch (Exception e)
            {
                // the first says what went wrong, the others only that they were stopped
                Interlocked.CompareExchange(ref failure, e, null);
                await stop.CancelAsync();
            }
        }
    }

    static TableDescription Independent(TableRows rows, IReadOnlyDictionary<TableName, TableDescription> tables)
    {
        if (!tables.TryGetValue(rows.Name, out var table))
            throw new OrderMattersException($"{rows} gets rows before it is made, or goes by another name");
        if (table.Type != "BASE TABLE")
            throw new OrderMattersException($"{rows} is a {table.Type} table");
        return table.HasForeignKeys && rows.Segments.Any(segment => segment.Session.ChecksForeignKeys)
            ? throw new OrderMattersException($"foreign keys of {rows} are to be checked")
            : table;
    }
}
