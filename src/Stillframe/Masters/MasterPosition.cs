using System.Globalization;
using Stillframe.Connections;

namespace Stillframe.Masters;

/// <summary>A place in a master's log; all null where it writes none.</summary>
/// <param name="Offset">In bytes.</param>
sealed record MasterPosition(string? File, long? Offset, string? Gtid)
{
    /// <summary>Of the session's snapshot, without a lock: MariaDB notes it when the snapshot is taken.</summary>
    public static async Task<MasterPosition> ReadAsync(MasterSession session, CancellationToken cancellationToken)
    {
        if (!session.IsMariaDb)
            return new(null, null, session.GtidBefore);
        var status = (await session.QueryAsync("SHOW STATUS LIKE 'binlog_snapshot_%'", cancellationToken)).ToDictionary(row => row[0]!, row => row[1], StringComparer.OrdinalIgnoreCase);
        if (status.GetValueOrDefault("Binlog_snapshot_file") is not { Length: > 0 } file || status.GetValueOrDefault("Binlog_snapshot_position") is not { } offset)
            return new(null, null, null);
        var gtid = (await session.QueryAsync($"SELECT BINLOG_GTID_POS({Sql.Literal(file)}, {offset})", cancellationToken))[0][0];
        return new(file, long.Parse(offset, CultureInfo.InvariantCulture), gtid is { Length: > 0 } ? gtid : null);
    }
}
