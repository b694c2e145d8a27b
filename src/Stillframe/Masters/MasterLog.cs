using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Stillframe.Binlog;
using Stillframe.Connections;
using Stillframe.Dumps;

namespace Stillframe.Masters;

/// <summary>What a master's binary log can say of the time between two dumps.</summary>
/// <param name="position">Of the snapshot.</param>
sealed class MasterLog(MasterAddress address, MasterPosition position, MasterLoad load, IReporter reporter)
{
    /// <summary>Reading rows' checksums is so many times faster than reading a log.</summary>
    const int CostOfLog = 8;

    /// <summary>The server's error for a privilege that is missing.</summary>
    const int Forbidden = 1227;

    static readonly string[] identity = ["server_id", "server_uid", "server_uuid", "hostname", "port", "datadir"], settings = ["binlog_format", "log_slave_updates", "gtid_slave_pos", "wsrep_on"];

    /// <summary>Names the server, in 16 hex digits; null where it has no log that a later dump could go on from.</summary>
    public string? Server { get; private set; }

    /// <summary>When the file of the position was begun, as a Unix time of the server; null where nobody may look.</summary>
    public long? Created { get; private set; }

    /// <returns>Null, with a message where that could be otherwise, if it tells nothing that one can rely on.</returns>
    /// <exception cref="StillframeException">SF5001, SF5002.</exception>
    public async Task<LoggedChanges?> ReadAsync(DumpManifest? previous, IReadOnlyList<MasterTable> tables, CancellationToken cancellationToken)
    {
        if (position.File is null)
            return null;
        var here = new LogPlace(position.File, position.Offset!.Value);
        try
        {
            await using var session = await MasterSession.OpenAsync(address, cancellationToken);
            await RequireRowsAsync(session, cancellationToken);
            (_, Created) = await ReadAsync(here, here, here.File, cancellationToken); // for the next time
            if (previous?.LogServer is null || previous.BinlogFile is null)
                return null;
            if (previous.LogServer != Server)
                throw new UnclearLogException("the previous dump is of another server");
            if (await new MasterPosition(previous.BinlogFile, previous.BinlogPosition).GtidAsync(session, cancellationToken) is { } gtid && gtid != (previous.Gtid ?? ""))
                throw new UnclearLogException("the previous dump is of another log");
            await RequireShortAsync(session, previous, tables, cancellationToken);
            var (touched, begun) = await ReadAsync(new(previous.BinlogFile, previous.BinlogPosition!.Value), here, previous.BinlogFile, cancellationToken);
            return begun == previous.LogCreated ? new(touched, tables) : throw new UnclearLogException("the previous dump is of another log");
        }
        catch (UnclearLogException e)
        {
            // what somebody can do about it is told to everybody
            reporter.Message(e.InnerException is ServerException { Number: Forbidden } ? Importance.High : Importance.Normal, $"The master's binary log does not say which tables changed: {e.Message}. They are compared by checksum.");
            return null;
        }
    }

    /// <exception cref="UnclearLogException">Not all changes are in it as rows.</exception>
    async Task RequireRowsAsync(MasterSession session, CancellationToken cancellationToken)
    {
        var of = (await session.QueryAsync($"SHOW VARIABLES WHERE Variable_name IN ({string.Join(", ", identity.Concat(settings).Select(Sql.Literal))})", cancellationToken)).ToDictionary(row => row[0]!, row => row[1]!, StringComparer.OrdinalIgnoreCase);
        if (of.GetValueOrDefault("binlog_format") != "ROW")
            throw new UnclearLogException($"binlog_format is {of.GetValueOrDefault("binlog_format")} and not ROW");
        if (of.GetValueOrDefault("log_slave_updates") != "ON" && (of.GetValueOrDefault("gtid_slave_pos") is { Length: > 0 } || of.GetValueOrDefault("wsrep_on") == "ON"))
            throw new UnclearLogException("log_slave_updates is OFF, and the server takes changes from others");
        var status = (await UseAsync(session, connection => connection.QueryAsync("SHOW MASTER STATUS", cancellationToken)))[0];
        if (status[2] is { Length: > 0 } || status[3] is { Length: > 0 })
            throw new UnclearLogException("some schemas are left out of it (binlog_do_db, binlog_ignore_db)");
        var name = string.Join('\n', identity.Select(of.GetValueOrDefault));
        Server = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..16];
    }

    /// <exception cref="UnclearLogException">Looking at the tables costs less.</exception>
    async Task RequireShortAsync(MasterSession session, DumpManifest previous, IReadOnlyList<MasterTable> tables, CancellationToken cancellationToken)
    {
        var files = await UseAsync(session, connection => connection.QueryAsync("SHOW BINARY LOGS", cancellationToken));
        var log = files.Where(row => string.CompareOrdinal(row[0], previous.BinlogFile) >= 0).Sum(row => Number(row[1])) - previous.BinlogPosition!.Value;
        if (log < 1 << 20)
            return;
        var data = 0L;
        foreach (var schema in tables.Select(table => table.Name.Schema).Distinct())
            data += Number((await session.QueryAsync($"SELECT SUM(data_length) FROM information_schema.tables WHERE table_schema = {Sql.Literal(schema)}", cancellationToken))[0][0]);
        if (log > data / CostOfLog)
            throw new UnclearLogException($"it has {ByteCount.Text(log)} since the previous dump, for {ByteCount.Text(data)} of tables");

        static long Number(string? text) => text is null ? 0 : long.Parse(text, CultureInfo.InvariantCulture);
    }

    /// <returns>And when this file of it was begun.</returns>
    async Task<(TouchedTables Touched, long? Begun)> ReadAsync(LogPlace from, LogPlace to, string file, CancellationToken cancellationToken)
    {
        await using var session = await MasterSession.OpenAsync(address, cancellationToken);
        var reading = new LogReading(from, to);
        var touched = await load.ReadAsync(() => UseAsync(session, connection => reading.ReadAsync(connection, count => load.TakeAsync(count, cancellationToken), cancellationToken)));
        return (touched, reading.Created.TryGetValue(file, out var begun) ? begun : null);
    }

    /// <exception cref="UnclearLogException">The server refuses it.</exception>
    Task<T> UseAsync<T>(MasterSession session, Func<ServerConnection, Task<T>> work) => session.UseAsync("the binary log", async connection =>
    {
        try
        {
            return await work(connection);
        }
        catch (ServerException e) when (e.Number == Forbidden)
        {
            throw new UnclearLogException($"{e}; GRANT REPLICATION SLAVE, BINLOG MONITOR ON *.* TO '{address.User}', or say that DatabaseDumpChanges is checksum", e);
        }
        catch (ServerException e)
        {
            throw new UnclearLogException(e.ToString(), e);
        }
    });
}
