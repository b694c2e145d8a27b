using System.Globalization;
using Stillframe.Connections;

namespace Stillframe.Masters;

/// <summary>A place in a master's log; all null where it writes none.</summary>
/// <param name="Offset">In bytes.</param>
sealed record MasterPosition(string? File, long? Offset, string? Gtid = null)
{
    /// <summary>Of the session's snapshot, without a lock: MariaDB notes it when the snapshot is taken.</summary>
    public static async Task<MasterPosition> ReadAsync(MasterSession session, CancellationToken cancellationToken)
    {
        if (!session.IsMariaDb)
            return new(null, null, session.GtidBefore);
        var status = (await session.QueryAsync("SHOW STATUS LIKE 'binlog_snapshot_%'", cancellationToken)).ToDictionary(row => row[0]!, row => row[1], StringComparer.OrdinalIgnoreCase);
        return status.GetValueOrDefault("Binlog_snapshot_file") is { Length: > 0 } file && status.GetValueOrDefault("Binlog_snapshot_position") is { } offset
            ? new(file, long.Parse(offset, CultureInfo.InvariantCulture))
            : new(null, null);
    }

    /// <summary>With the server's global ids at this place.</summary>
    public async Task<MasterPosition> WithGtidAsync(MasterSession session, CancellationToken cancellationToken) =>
        File is null ? this : this with { Gtid = await GtidAsync(session, cancellationToken) is { Length: > 0 } gtid ? gtid : null };

    /// <summary>What the server has for this place now; null where it has no such place.</summary>
    public async Task<string?> GtidAsync(MasterSession session, CancellationToken cancellationToken) =>
        (await session.QueryAsync(string.Create(CultureInfo.InvariantCulture, $"SELECT BINLOG_GTID_POS({Sql.Literal(File)}, {Offset})"), cancellationToken))[0][0];
}
