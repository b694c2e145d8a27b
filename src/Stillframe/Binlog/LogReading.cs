using Stillframe.Connections;

namespace Stillframe.Binlog;

/// <summary>Reads a piece of a server's binary log, as a replica does, without waiting for what comes.</summary>
/// <remarks>
/// Not by <c>SHOW BINLOG EVENTS</c>: MariaDB holds the log's mutex meanwhile, and every commit waits.
/// </remarks>
sealed class LogReading
{
    /// <summary>Bytes after <c>to</c> that are read to the end, so that the server has nobody to complain about.</summary>
    const long Surplus = 64 << 20;

    const int Step = 64 << 10;

    const int ChecksumSize = 4;

    readonly TouchedTables touched = new();
    readonly Dictionary<string, long> created = [];
    readonly LogRequest request;
    readonly LogPlace to;
    readonly bool hasGaps;
    string file;
    long end, surplus;
    int unread;
    bool isReached, hasChecksums;

    /// <summary>All between two places.</summary>
    /// <exception cref="UnclearLogException">The command has 32 bits for them.</exception>
    public LogReading(LogPlace from, LogPlace to)
    {
        if (from.Offset > uint.MaxValue || to.Offset > uint.MaxValue)
            throw new UnclearLogException("a file of it is longer than 4 GiB");
        (request, this.to, file, end) = (LogRequest.From(from), to, from.File, from.Offset);
    }

    /// <summary>MySQL's: up to a place, without the transactions that are known.</summary>
    public LogReading(GtidSet known, LogPlace to) => (request, this.to, file, hasGaps) = (LogRequest.Without(known), to, "", true);

    bool HasAll => file == to.File && end >= to.Offset;

    /// <returns>When a file was begun, as a Unix time of the server: tells a log from another one with the same names. Null where it was not read from.</returns>
    public long? Begun(string name) => created.TryGetValue(name, out var time) ? time : null;

    /// <param name="read">Told how many bytes came.</param>
    /// <exception cref="UnclearLogException">What it has may have changed anything, or it has not all of the piece.</exception>
    /// <exception cref="ServerException">1227 the account may not, 1236 the piece is not there any more.</exception>
    public async Task<TouchedTables> ReadAsync(ServerConnection connection, Func<int, ValueTask> read, CancellationToken cancellationToken)
    {
        // this side knows checksums, and does without one on what comes before the first description; each server has its own name for that
        await connection.ExecuteAsync("SET @master_binlog_checksum = 'NONE', @source_binlog_checksum = 'NONE', @mariadb_slave_capability = 4", cancellationToken);
        await connection.CommandAsync(request.Command, request.Body, async packet =>
        {
            if ((unread += packet.Length) >= Step)
            {
                var count = unread;
                unread = 0;
                await read(count);
            }

            return Take(packet.Span);
        }, cancellationToken);
        // the end that a server tells of what it was asked for is that of its log; known transactions there are not sent
        return isReached || HasAll || (hasGaps && file == to.File) ? touched : throw new UnclearLogException($"it does not reach to '{to.File}', {to.Offset}");
    }

    /// <returns>False where there has been enough.</returns>
    bool Take(ReadOnlySpan<byte> packet)
    {
        isReached |= HasAll && created.ContainsKey(to.File);
        if (isReached)
            return (surplus += packet.Length) < Surplus;
        var one = new LogEvent(packet);
        if (one.Type == LogEventType.FormatDescription)
        {
            created[file] = one.Time;
            hasChecksums = one.HasChecksums;
        }
        else
        {
            if (hasChecksums) // from the first description on, also what the server makes for this reader alone
                one = new(packet[..^ChecksumSize]);
            touched.Add(one);
            if (one.Type == LogEventType.Rotate && one.NextFile != file)
            {
                isReached |= hasGaps && file == to.File;
                (file, end) = (one.NextFile, 0);
            }
            else
                end = Math.Max(end, one.End);
        }

        return true;
    }
}
