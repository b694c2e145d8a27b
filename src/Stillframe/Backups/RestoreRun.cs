using System.Collections.Concurrent;
using System.Diagnostics;
using Stillframe.Connections;
using Stillframe.Dumps;
using Stillframe.Loading;

namespace Stillframe.Backups;

/// <summary>Restores into a server: definitions, tables several at a time, and what comes after all rows; then nothing is as it should not be.</summary>
/// <param name="open">Opens a session.</param>
/// <param name="connections">At most so many at once.</param>
sealed class RestoreRun(RestoreSource source, Func<CancellationToken, Task<RestoreSession>> open, int connections, IReporter reporter)
{
    readonly ConcurrentBag<(ExpectedTable Table, Compared How, string? Difference)> compared = [];

    /// <summary>What of a statement is sent: all of it, or in a server without its accounts, another definer.</summary>
    public Func<DumpStatement, ReadOnlyMemory<byte>> Prepare { get; init; } = statement => statement.Text;

    /// <exception cref="StillframeException">SF6002 to SF6004; SF1xxx of the dump. What was begun has its mark.</exception>
    public async Task<RestoreReport> RunAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        await using var session = await open(cancellationToken);
        await RestoreMark.RequireEmptyAsync(session, source.Schemas, cancellationToken);
        var comparison = new TableComparison(source.Server is null || TableComparison.FamilyOf(source.Server) == TableComparison.FamilyOf(session.ServerVersion));
        using var marks = new RestoreMarks(session, source);
        await RunFilesAsync(source.Before, marks, cancellationToken);
        await RunTablesAsync(marks, comparison, cancellationToken);
        await RunFilesAsync(source.After, marks, cancellationToken);
        foreach (var table in source.Others)
            await CompareAsync(session, table, comparison, cancellationToken);

        var differences = compared.Select(one => one.Difference).OfType<string>().Order(StringComparer.Ordinal).ToList();
        if (differences.Count > 0)
            throw new StillframeException(
                ErrorCodes.RestoreDiffers,
                $"What was restored of {source.Name} is not what was dumped: {string.Join("; ", differences.Take(5))}{(differences.Count > 5 ? $"; and {differences.Count - 5} more tables" : "")}. Don't use it: see whether somebody wrote there meanwhile, and restore again, or from another backup.");
        await marks.RemoveAsync(cancellationToken);
        return new(
            source.Name,
            source.Version,
            session.ServerVersion,
            compared.Count,
            compared.Sum(one => one.Table.Rows))
        {
            CountedTables = [.. compared.Where(one => one.How == Compared.Rows).Select(one => one.Table.Name.ToString()).Order(StringComparer.Ordinal)],
            Duration = watch.Elapsed,
        };
    }

    /// <summary>Big ones first: the last one to finish is then a small one.</summary>
    async Task RunTablesAsync(RestoreMarks marks, TableComparison comparison, CancellationToken cancellationToken)
    {
        var progress = new RestoreProgress(source.Tables.Count, source.Tables.Sum(table => table.Bytes), reporter);
        var settings = new ParallelOptions { MaxDegreeOfParallelism = connections, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(source.Tables.OrderByDescending(table => table.Bytes), settings, async (rows, token) =>
        {
            await using var session = await open(token);
            await RunFileAsync(session, rows.Path, marks, bytes => progress.Sent(rows.Table.Name, bytes), token);
            await CompareAsync(session, rows.Table, comparison, token);
            progress.Done(rows);
        });
    }

    /// <summary>Each in a session of its own: settings of one must not reach the next.</summary>
    async Task RunFilesAsync(IReadOnlyList<string> files, RestoreMarks marks, CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            await using var session = await open(cancellationToken);
            await RunFileAsync(session, file, marks, null, cancellationToken);
        }
    }

    async Task RunFileAsync(RestoreSession session, string path, RestoreMarks marks, Action<int>? sent, CancellationToken cancellationToken)
    {
        // an early end must stop the reader, which would wait for room in the queue for ever
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        string? entered = null;
        try
        {
            await foreach (var queued in StatementQueue.ReadAsync([path], source.Options, SilentReporter.Instance, stop.Token))
            {
                using (queued)
                {
                    var statement = queued.Statement;
                    if (statement is { InDefaultSchema: true, Schema: { } schema } && entered != schema)
                    {
                        await session.QueryAsync($"CREATE DATABASE IF NOT EXISTS {Sql.Identifier(schema)}", cancellationToken);
                        await session.QueryAsync($"USE {Sql.Identifier(schema)}", cancellationToken);
                        entered = schema;
                    }

                    await marks.BeforeAsync(statement, cancellationToken);
                    await session.ExecuteAsync(Prepare(statement), statement.Location, cancellationToken);
                    sent?.Invoke(statement.Text.Length);
                }
            }
        }
        finally
        {
            await stop.CancelAsync();
        }
    }

    async Task CompareAsync(RestoreSession session, ExpectedTable table, TableComparison comparison, CancellationToken cancellationToken)
    {
        var (how, difference) = await comparison.CompareAsync(session, table, cancellationToken);
        compared.Add((table, how, difference));
    }
}
