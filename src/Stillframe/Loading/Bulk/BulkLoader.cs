using Stillframe.Dumps;
using Stillframe.Masking;

namespace Stillframe.Loading.Bulk;

/// <summary>
/// Loads dumps at the server's limit: first all tables, then the rows of several tables at a time by LOAD DATA, big tables first, then
/// views, triggers and the like. What is in the tables is what the dump's own statements would have put there.
/// </summary>
/// <param name="sessions">To the same server, one each time.</param>
sealed class BulkLoader(Func<LoadSession> sessions, LoadProgress? progress, IReporter reporter, DumpMasks? masks = null)
{
    /// <exception cref="StillframeException">SF1xxx of the reader, SF2006, SF2007.</exception>
    /// <exception cref="OrderMattersException">Nothing of it can stay: the dump is to be loaded statement by statement, in its order.</exception>
    /// <param name="replaced">Files whose rows take the place of the dumps' own.</param>
    public async Task LoadAsync(
        IReadOnlyList<string> dumps, DumpOptions options, BulkOptions bulk, CancellationToken cancellationToken, IReadOnlyDictionary<TableName, RowFile>? replaced = null)
    {
        await using var work = TemporaryDirectory.Create(bulk.WorkDirectory);
        using var spool = new RowSpool(work.Path);
        var script = await Task.Run(() => DumpScript.Read(dumps, options, spool, cancellationToken), cancellationToken);
        script.Replace(replaced ?? new Dictionary<TableName, RowFile>());
        script.Open(script.Tables, options, cancellationToken);
        await using var session = sessions();
        var run = new ScriptSession(session);
        await run.MakeTablesAsync(script, cancellationToken);
        await LoadRowsAsync(session, script, bulk.Workers, cancellationToken);
        await run.FinishAsync(script, cancellationToken);
    }

    /// <summary>The rows alone, whose tables are there, and the dump's session was run for them.</summary>
    /// <inheritdoc cref="LoadAsync" path="/exception"/>
    public async Task LoadRowsAsync(LoadSession session, DumpScript script, int workers, CancellationToken cancellationToken)
    {
        await session.ReconnectAsync(SessionOf.Builder, cancellationToken);
        var tables = await session.RunAsync(connection => TableDescription.ReadAllAsync(connection, cancellationToken));
        // tables without a primary key are one piece of work, in the dump's order: their hidden row numbers come from one counter
        var groups = TableJobs.WithRows(script, tables).GroupBy(job => job.Table.HasPrimaryKey ? (object)job : "without").Select(group => group.ToList());
        await TableJobs.RunAsync(
            sessions, groups, workers, (own, job, token) => new TableLoader(own, progress, reporter, masks ?? DumpMasks.None).LoadAsync(job.Rows!, job.Table, token), cancellationToken);
    }
}

/// <param name="Workers">Tables loaded at a time.</param>
/// <param name="WorkDirectory">Parent of a directory for the rows of compressed dumps; null for the system's temporary one.</param>
sealed record BulkOptions(int Workers, string? WorkDirectory = null);
