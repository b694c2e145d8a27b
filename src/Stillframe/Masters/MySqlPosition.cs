namespace Stillframe.Masters;

/// <summary>A place in MySQL's log.</summary>
static class MySqlPosition
{
    /// <summary>
    /// What is committed now, as <c>uuid:1-77,…</c>; null where it does not number transactions. A transaction is in this set only after the storage engine has committed it, so that a snapshot
    /// taken later has all of it, and perhaps a little more. A file and its offset are not asked for: what is in the file may not be committed yet, and only a lock would tell.
    /// </summary>
    /// <remarks>MySQL manual, "GTID Format and Storage"; sql/binlog.cc, <c>MYSQL_BIN_LOG::process_commit_stage_queue</c>.</remarks>
    /// <exception cref="StillframeException">SF5001, SF5002.</exception>
    public static async Task<string?> ReadAsync(MasterSession session, CancellationToken cancellationToken) =>
        await session.QueryAsync("SELECT @@GLOBAL.gtid_mode, @@GLOBAL.gtid_executed", cancellationToken) is [["ON", { Length: > 0 } executed]]
            ? executed.Replace("\n", "", StringComparison.Ordinal)
            : null;
}
