using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Stillframe.Binlog;
using Stillframe.Connections;
using Stillframe.Dumps;

namespace Stillframe.Masters;

/// <summary>Of a master's log at the time of a dump; as in <see cref="DumpManifest"/>.</summary>
/// <param name="File">Null where the position has it.</param>
sealed record LogMark(string Server, string? File, long Created);

/// <summary>What a master's binary log can say of the time between two dumps.</summary>
/// <param name="position">Of the snapshot.</param>
sealed class MasterLog(MasterAddress address, MasterPosition position, MasterLoad load, IReporter reporter)
{
    /// <summary>Reading rows' checksums is so many times faster than reading a log.</summary>
    const int CostOfLog = 8;

    /// <summary>The server's error for a privilege that is missing.</summary>
    const int Forbidden = 1227;

    static readonly string[] identity = ["server_id", "server_uid", "server_uuid", "hostname", "port", "datadir"], settings = ["binlog_format", "log_slave_updates", "log_replica_updates", "gtid_slave_pos", "wsrep_on"];

    /// <summary>What a later dump goes on from; null where it can't.</summary>
    public LogMark? Mark { get; private set; }

    /// <returns>Null, with a message where that could be otherwise, if it tells nothing that one can rely on.</returns>
    /// <exception cref="StillframeException">SF5001, SF5002.</exception>
    public async Task<LoggedChanges?> ReadAsync(DumpManifest? previous, IReadOnlyList<MasterTable> tables, CancellationToken cancellationToken)
    {
        if (position is { File: null, Gtid: null })
            return null;
        try
        {
            await using var session = await MasterSession.OpenAsync(address, cancellationToken);
            var (server, here) = await RequireRowsAsync(session, cancellationToken);
            if (await BegunAsync(here, cancellationToken) is { } begun)
                Mark = new(server, position.File is null ? here.File : null, begun);
            if (previous is not { LogServer: not null, Gtid: var gtid } || (previous.BinlogFile ?? previous.LogFile) is not { } file)
                return null;
            if (previous.LogServer != server)
                throw new UnclearLogException("the previous dump is of another server");
            if (previous.BinlogFile is not null && await new MasterPosition(file, previous.BinlogPosition).GtidAsync(session, cancellationToken) is { } then && then != (gtid ?? ""))
                throw new UnclearLogException("the previous dump is of another log");
            var from = new LogPlace(file, previous.BinlogPosition ?? LogPlace.FirstEvent);
            await RequireShortAsync(session, from, tables, cancellationToken);
            var since = previous.BinlogFile is null ? new LogReading(GtidSet.Parse(gtid ?? ""), here) : new(from, here);
            var touched = await ReadAsync(since, cancellationToken);
            // what is new to MySQL's may begin in a later file
            if ((since.Begun(file) ?? await BegunAsync(from, cancellationToken)) != previous.LogCreated)
                throw new UnclearLogException("the previous dump is of another log");
            return new(touched, tables);
        }
        catch (UnclearLogException e)
        {
            // what somebody can do about it is told to everybody
            reporter.Message(e.InnerException is ServerException { Number: Forbidden } ? Importance.High : Importance.Normal, $"The master's binary log does not say which tables changed: {e.Message}. They are compared by checksum.");
            return null;
        }
    }

    /// <returns>The server, in 16 hex digits, and where its log has everything of the snapshot: the position, of MySQL the end.</returns>
    /// <exception cref="UnclearLogException">Not all changes are in it as rows.</exception>
    async Task<(string Server, LogPlace Here)> RequireRowsAsync(MasterSession session, CancellationToken cancellationToken)
    {
        var of = (await session.QueryAsync($"SHOW VARIABLES WHERE Variable_name IN ({string.Join(", ", identity.Concat(settings).Select(Sql.Literal))})", cancellationToken)).ToDictionary(row => row[0]!, row => row[1]!, StringComparer.OrdinalIgnoreCase);
        if (of.GetValueOrDefault("binlog_format") != "ROW")
            throw new UnclearLogException($"binlog_format is {of.GetValueOrDefault("binlog_format")} and not ROW");
        if ((of.GetValueOrDefault("log_slave_updates") ?? of.GetValueOrDefault("log_replica_updates")) != "ON" && (!session.IsMariaDb || of.GetValueOrDefault("gtid_slave_pos") is { Length: > 0 } || of.GetValueOrDefault("wsrep_on") == "ON"))
            throw new UnclearLogException("log_slave_updates is OFF, and the server takes changes from others");
        var ask = session.IsMariaDb || session.Release < new Version(8, 2) ? "SHOW MASTER STATUS" : "SHOW BINARY LOG STATUS";
        if (await UseAsync(session, connection => connection.QueryAsync(ask, cancellationToken)) is not [var status])
            throw new UnclearLogException("there is none (log_bin)");
        if (status[2] is { Length: > 0 } || status[3] is { Length: > 0 })
            throw new UnclearLogException("some schemas are left out of it (binlog_do_db, binlog_ignore_db)");
        var name = string.Join('\n', identity.Select(of.GetValueOrDefault));
        var server = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..16];
        if (position.File is not null)
            return (server, new(position.File, position.Offset!.Value));
        if (await session.QueryAsync($"SELECT GTID_SUBSET({Sql.Literal(position.Gtid)}, @@GLOBAL.gtid_executed)", cancellationToken) is not [["1"]])
            throw new UnclearLogException("it was begun anew meanwhile");
        return (server, new(status[0]!, Number(status[1])));
    }

    /// <exception cref="UnclearLogException">Looking at the tables costs less.</exception>
    async Task RequireShortAsync(MasterSession session, LogPlace from, IReadOnlyList<MasterTable> tables, CancellationToken cancellationToken)
    {
        var files = await UseAsync(session, connection => connection.QueryAsync("SHOW BINARY LOGS", cancellationToken));
        var log = files.Where(row => string.CompareOrdinal(row[0], from.File) >= 0).Sum(row => Number(row[1])) - from.Offset;
        if (log < 1 << 20)
            return;
        var data = 0L;
        foreach (var schema in tables.Select(table => table.Name.Schema).Distinct())
            data += Number((await session.QueryAsync($"SELECT SUM(data_length) FROM information_schema.tables WHERE table_schema = {Sql.Literal(schema)}", cancellationToken))[0][0]);
        if (log > data / CostOfLog)
            throw new UnclearLogException($"it has {ByteCount.Text(log)} since the previous dump, for {ByteCount.Text(data)} of tables");
    }

    /// <returns>When the file was begun.</returns>
    async Task<long?> BegunAsync(LogPlace place, CancellationToken cancellationToken)
    {
        var reading = new LogReading(place, place);
        await ReadAsync(reading, cancellationToken);
        return reading.Begun(place.File);
    }

    async Task<TouchedTables> ReadAsync(LogReading reading, CancellationToken cancellationToken)
    {
        await using var session = await MasterSession.OpenAsync(address, cancellationToken);
        return await load.ReadAsync(() => UseAsync(session, connection => reading.ReadAsync(connection, count => load.TakeAsync(count, cancellationToken), cancellationToken)));
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
            throw new UnclearLogException($"{e}; GRANT REPLICATION SLAVE, {(session.IsMariaDb ? "BINLOG MONITOR" : "REPLICATION CLIENT")} ON *.* TO '{address.User}', or say that DatabaseDumpChanges is checksum", e);
        }
        catch (ServerException e)
        {
            throw new UnclearLogException(e.ToString(), e);
        }
    });

    static long Number(string? text) => text is null ? 0 : long.Parse(text, CultureInfo.InvariantCulture);
}
