using System.Buffers.Binary;
using System.Text;
using Stillframe.Connections;

namespace Stillframe.Binlog;

/// <summary>Reads a piece of a server's binary log, as a replica does, without waiting for what comes.</summary>
/// <remarks>
/// Not by <c>SHOW BINLOG EVENTS</c>: MariaDB holds the log's mutex meanwhile, and every commit waits. MariaDB manual, "COM_BINLOG_DUMP".
/// </remarks>
sealed class LogReading(LogPlace from, LogPlace to)
{
    const byte ComBinlogDump = 0x12;
    const byte NonBlocking = 1;

    /// <summary>Bytes after <c>to</c> that are read to the end, so that the server has nobody to complain about.</summary>
    const long Surplus = 64 << 20;

    const int Step = 64 << 10;

    const int ChecksumSize = 4;

    readonly TouchedTables touched = new();
    readonly Dictionary<string, long> created = [];
    string file = from.File;
    long end = from.Offset, surplus;
    int unread;
    bool isReached, hasChecksums;

    /// <summary>When each file that was read from was begun, as a Unix time of the server: tells a log from another one with the same names.</summary>
    public IReadOnlyDictionary<string, long> Created => created;

    bool HasAll => file == to.File && end >= to.Offset;

    /// <param name="read">Told how many bytes came.</param>
    /// <exception cref="UnclearLogException">What it has may have changed anything, or it has not all of the piece.</exception>
    /// <exception cref="ServerException">1227 the account may not, 1236 the piece is not there any more.</exception>
    public async Task<TouchedTables> ReadAsync(ServerConnection connection, Func<int, ValueTask> read, CancellationToken cancellationToken)
    {
        if (from.Offset > uint.MaxValue || to.Offset > uint.MaxValue)
            throw new UnclearLogException("a file of it is longer than 4 GiB");
        // this side knows checksums, and does without one on what comes before the first description
        await connection.ExecuteAsync("SET @master_binlog_checksum = 'NONE', @mariadb_slave_capability = 4", cancellationToken);
        await connection.CommandAsync(ComBinlogDump, Request(), async packet =>
        {
            if ((unread += packet.Length) >= Step)
            {
                var count = unread;
                unread = 0;
                await read(count);
            }

            return Take(packet.Span);
        }, cancellationToken);
        return isReached || HasAll ? touched : throw new UnclearLogException($"it does not reach to '{to.File}', {to.Offset}");
    }

    byte[] Request()
    {
        var request = new byte[10 + Encoding.UTF8.GetByteCount(from.File)];
        BinaryPrimitives.WriteUInt32LittleEndian(request, (uint)from.Offset);
        request[4] = NonBlocking; // and 0 for the server id of a replica: one that only looks
        Encoding.UTF8.GetBytes(from.File, request.AsSpan(10));
        return request;
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
                (file, end) = (one.NextFile, 0);
            else
                end = Math.Max(end, one.End);
        }

        return true;
    }
}
