using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Normalizing;

/// <summary>Takes one page's traces of the run that wrote it (MariaDB, storage/innobase/include/fil0fil.h, page0page.h).</summary>
static class InnoDbPage
{
    /// <summary>A place in the redo log before any that a server ever starts at, so that no page is newer than the log.</summary>
    public const ulong Lsn = 8192;

    /// <summary>No transaction that can still be running has this id.</summary>
    const ulong LongAgo = 1;

    public const ushort Index = 17855, SpatialIndex = 17854, InstantRoot = 18;

    public const int LsnOffset = 16;

    const int SpaceOffset = 34, TypeOffset = 24, MaxTransactionOffset = 56, LevelOffset = 64, IndexIdOffset = 66, TrailerBytes = 8;

    /// <summary>With full_crc32, a page begins with the version of its key.</summary>
    public static bool IsEncrypted(ReadOnlySpan<byte> page) => page[..4].ContainsAnyExcept((byte)0);

    public static ushort Type(ReadOnlySpan<byte> page) => ReadUInt16BigEndian(page[TypeOffset..]);

    public static uint Space(ReadOnlySpan<byte> page) => ReadUInt32BigEndian(page[SpaceOffset..]);

    public static ulong IndexId(ReadOnlySpan<byte> page) => ReadUInt64BigEndian(page[IndexIdOffset..]);

    public static bool IsLeaf(ReadOnlySpan<byte> page) => ReadUInt16BigEndian(page[LevelOffset..]) == 0;

    /// <summary>Leaves of other than clustered indexes say which transaction changed them last; elsewhere the field is the auto-increment value.</summary>
    public static void ForgetLastTransaction(Span<byte> page) => WriteUInt64BigEndian(page[MaxTransactionOffset..], LongAgo);

    /// <summary>Sets the log sequence number at both ends, and the checksum (full_crc32).</summary>
    public static void Seal(Span<byte> page)
    {
        WriteUInt64BigEndian(page[LsnOffset..], Lsn);
        WriteUInt32BigEndian(page[^TrailerBytes..], (uint)Lsn);
        WriteUInt32BigEndian(page[^4..], Crc32C.Compute(page[..^4]));
    }
}
