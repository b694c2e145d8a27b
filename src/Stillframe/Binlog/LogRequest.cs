using System.Buffers.Binary;
using System.Text;

namespace Stillframe.Binlog;

/// <summary>A command that asks a server for its log as a replica does, without waiting for what comes.</summary>
sealed record LogRequest(byte Command, byte[] Body)
{
    const byte ComBinlogDump = 0x12, ComBinlogDumpGtid = 0x1e;

    const byte NonBlocking = 1;

    /// <summary>What is from a place on. MariaDB manual, "COM_BINLOG_DUMP"; MySQL has the same.</summary>
    public static LogRequest From(LogPlace place)
    {
        var body = new byte[10 + Encoding.UTF8.GetByteCount(place.File)];
        BinaryPrimitives.WriteUInt32LittleEndian(body, checked((uint)place.Offset));
        body[4] = NonBlocking; // and 0 for the server id of a replica: one that only looks
        Encoding.UTF8.GetBytes(place.File, body.AsSpan(10));
        return new(ComBinlogDump, body);
    }

    /// <summary>All but some transactions: the server finds the file. MySQL source documentation, "COM_BINLOG_DUMP_GTID"; sql/rpl_source.cc, <c>com_binlog_dump_gtid</c>.</summary>
    public static LogRequest Without(GtidSet known)
    {
        var gtids = known.ToBytes();
        // flags 2, server id 4, length of a file's name 4 and none, offset 8, length of the set 4
        var body = new byte[22 + gtids.Length];
        body[0] = NonBlocking;
        BinaryPrimitives.WriteUInt64LittleEndian(body.AsSpan(10), LogPlace.FirstEvent);
        BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(18), (uint)gtids.Length);
        gtids.CopyTo(body, 22);
        return new(ComBinlogDumpGtid, body);
    }
}
