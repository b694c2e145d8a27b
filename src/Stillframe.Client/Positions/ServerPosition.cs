using System.Data.Common;
using System.Globalization;

namespace Stillframe.Client.Positions;

/// <summary>Where a master is.</summary>
static class ServerPosition
{
    /// <summary>See <see cref="FramePosition.OfLastWriteAsync"/>. MariaDB's <c>last_gtid</c> is not moved by reads and rollbacks, and empty before the first commit.</summary>
    public static async Task<FramePosition?> OfSessionAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return IsMariaDb(connection)
            ? await AskAsync(connection, "SELECT @@last_gtid, @@log_bin AND @@sql_log_bin", cancellationToken)
            : await OfMySqlAsync(connection, cancellationToken);
    }

    /// <summary>Of everything that is committed now, whoever wrote it.</summary>
    public static Task<FramePosition?> OfServerAsync(DbConnection connection, CancellationToken cancellationToken) => IsMariaDb(connection)
        ? AskAsync(connection, "SELECT @@gtid_binlog_pos, @@log_bin", cancellationToken)
        : OfMySqlAsync(connection, cancellationToken);

    static Task<FramePosition?> OfMySqlAsync(DbConnection connection, CancellationToken cancellationToken) =>
        AskAsync(connection, "SELECT @@GLOBAL.gtid_executed, @@GLOBAL.gtid_mode = 'ON'", cancellationToken);

    static bool IsMariaDb(DbConnection connection) => connection.ServerVersion.Contains("MariaDB", StringComparison.OrdinalIgnoreCase);

    /// <param name="query">Gives a position, and whether it counts.</param>
    static async Task<FramePosition?> AskAsync(DbConnection connection, string query, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = query;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var (text, counts) = (reader.GetValue(0) as string, Convert.ToInt64(reader.GetValue(1), CultureInfo.InvariantCulture) == 1);
        if (!counts)
            return FramePosition.Unknown;
        return FramePosition.TryParse(text, out var position) ? position : string.IsNullOrEmpty(text) ? null : FramePosition.Unknown;
    }
}
