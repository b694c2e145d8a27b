using System.Buffers.Binary;
using System.Text;

namespace Stillframe.Binlog;

/// <summary>One event of a binary log. MariaDB manual, "Replication Protocol".</summary>
readonly ref struct LogEvent(ReadOnlySpan<byte> bytes)
{
    const int HeadSize = 19;

    readonly ReadOnlySpan<byte> bytes = bytes.Length >= HeadSize ? bytes : throw new UnclearLogException("it has an event that is cut off");

    /// <summary>Unix time; 0 for one that is in no file.</summary>
    public uint Time => BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    public LogEventType Type => (LogEventType)bytes[4];

    /// <summary>Where the next one begins, in bytes from the file's start; 0 for one that is in no file.</summary>
    public uint End => BinaryPrimitives.ReadUInt32LittleEndian(bytes[13..]);

    public ReadOnlySpan<byte> Body => bytes[HeadSize..];

    /// <summary>Of a <see cref="LogEventType.Rotate"/>: the file that follows.</summary>
    public string NextFile => Encoding.UTF8.GetString(Body[8..]);

    /// <summary>Of a <see cref="LogEventType.FormatDescription"/>: whether those after it end with one, as it does itself in any case.</summary>
    public bool HasChecksums => Body[^5] == 1;

    /// <summary>Of a <see cref="LogEventType.Gtid"/>: whether it is of a transaction in two phases that somebody else ends.</summary>
    public bool IsXa => (Body[12] & 0xC0) != 0;
}

/// <summary>Those that mean something here. sql/log_event.h of MariaDB 11.8, <c>Log_event_type</c>; libs/mysql/binlog/event/binlog_event.h of MySQL 9, whose own are 33 to 42.</summary>
enum LogEventType : byte
{
    Query = 2,
    Stop = 3,
    Rotate = 4,
    FormatDescription = 15,
    Xid = 16,
    TableMap = 19,
    FirstRowsV1 = 23,
    LastRowsV1 = 25,
    Heartbeat = 27,
    RowsQuery = 29,
    FirstRows = 30,
    LastRows = 32,
    MySqlGtid = 33,
    PreviousGtids = 35,
    TransactionContext = 36,
    ViewChange = 37,
    PartialRows = 39,
    Payload = 40,
    HeartbeatV2 = 41,
    TaggedGtid = 42,
    AnnotateRows = 160,
    Checkpoint = 161,
    Gtid = 162,
    GtidList = 163,
    CompressedQuery = 165,
    FirstCompressedRows = 166,
    LastCompressedRows = 171,
}
