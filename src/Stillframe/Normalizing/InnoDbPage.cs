using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Normalizing;

/// <summary>Takes one page's traces of the run that wrote it (storage/innobase/include/fil0fil.h, page0page.h of MariaDB and MySQL).</summary>
static class InnoDbPage
{
    /// <summary>A place in the redo log before any that a server ever starts at, so that no page is newer than the log.</summary>
    public const ulong Lsn = 8192;

    /// <summary>No transaction that can still be running has this id.</summary>
    const ulong LongAgo = 1;

    public const ushort Index = PageLayout.IndexType, SpatialIndex = 17854, InstantRoot = 18;

    /// <summary>Of MySQL's: the index by which a tablespace describes itself, and pages that are compressed or encrypted.</summary>
    public const ushort Description = 17853, FirstSealed = 14, LastSealed = 17;

    const int Body = 38, TypeAndMore = 22; // what the checksum of MySQL leaves out is between

    /// <summary>With full_crc32, a page begins with the version of its key; MySQL has types of pages for it.</summary>
    public static bool IsEncrypted(ReadOnlySpan<byte> page, bool isOfMySql) =>
        isOfMySql ? Type(page) is >= FirstSealed and <= LastSealed : page[..4].ContainsAnyExcept((byte)0);

    public static ushort Type(ReadOnlySpan<byte> page) => ReadUInt16BigEndian(page[PageLayout.Type..]);

    public static uint Space(ReadOnlySpan<byte> page) => ReadUInt32BigEndian(page[PageLayout.Space..]);

    public static ulong IndexId(ReadOnlySpan<byte> page) => ReadUInt64BigEndian(page[PageLayout.IndexId..]);

    public static bool IsLeaf(ReadOnlySpan<byte> page) => ReadUInt16BigEndian(page[PageLayout.Level..]) == 0;

    /// <summary>Leaves of other than clustered indexes say which transaction changed them last; elsewhere the field is the auto-increment value.</summary>
    public static void ForgetLastTransaction(Span<byte> page) => WriteUInt64BigEndian(page[PageLayout.MaxTransaction..], LongAgo);

    /// <summary>Sets the log sequence number at both ends, and the checksum (full_crc32; MySQL: buf0checksum.cc, buf_calc_page_crc32).</summary>
    public static void Seal(Span<byte> page, bool isOfMySql)
    {
        WriteUInt64BigEndian(page[PageLayout.Lsn..], Lsn);
        if (!isOfMySql)
        {
            WriteUInt32BigEndian(page[^PageLayout.Trailer..], (uint)Lsn);
            WriteUInt32BigEndian(page[^4..], Crc32C.Compute(page[..^4]));
            return;
        }

        var sum = Crc32C.Compute(page.Slice(PageLayout.Number, TypeAndMore)) ^ Crc32C.Compute(page[Body..^PageLayout.Trailer]);
        WriteUInt32BigEndian(page, sum);
        WriteUInt32BigEndian(page[^PageLayout.Trailer..], sum);
        WriteUInt32BigEndian(page[^4..], (uint)Lsn);
    }
}
