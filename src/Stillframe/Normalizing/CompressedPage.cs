using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Normalizing;

/// <summary>
/// A page of a table with ROW_FORMAT=COMPRESSED (MariaDB, storage/innobase/include/page0zip.h). Its header is as ever. Then come the rows, compressed,
/// and the log of later changes to them; but transactions are kept out of both. Backwards from the page's end stand a directory of
/// 2 bytes a row, 13 bytes a row of its transaction (on leaves of the clustered index), and references to what lies outside the page.
/// </summary>
static class CompressedPage
{
    /// <summary>A page's size where it is not compressed.</summary>
    public const int MemoryBytes = 16384;

    const int KeyVersion = 26, HeapCount = 42, Rows = 94, FirstRow = 125, SlotBytes = 2, SlotMask = 0x3fff;

    public static bool IsEncrypted(ReadOnlySpan<byte> page) => ReadUInt32BigEndian(page[KeyVersion..]) != 0;

    /// <summary>Sets the transaction of every row of a clustered index's leaf, deleted ones included, to "long ago".</summary>
    /// <returns>False where the page does not look as it should; it is unchanged then.</returns>
    public static bool ForgetTransactions(Span<byte> page)
    {
        var heap = ReadUInt16BigEndian(page[HeapCount..]);
        var count = (heap & 0x7fff) - 2; // without the records before the first row and after the last
        var directory = page.Length - count * SlotBytes;
        var start = directory - count * RowTransaction.Bytes;
        if ((heap & 0x8000) == 0 || count < 0 || start < Rows)
            return false;
        for (var slot = directory; slot < page.Length; slot += SlotBytes)
        {
            if ((ReadUInt16BigEndian(page[slot..]) & SlotMask) < FirstRow)
                return false;
        }

        for (var at = start; at < directory; at += RowTransaction.Bytes)
        {
            if (!RowTransaction.IsOne(page[at..], MemoryBytes))
                return false;
        }

        for (var at = start; at < directory; at += RowTransaction.Bytes)
            RowTransaction.Forget(page[at..]);
        return true;
    }

    /// <summary>Sets the log sequence number, and the checksum, which leaves it out (page_zip_calc_checksum; crc32).</summary>
    public static void Seal(Span<byte> page)
    {
        WriteUInt64BigEndian(page[PageLayout.Lsn..], InnoDbPage.Lsn);
        WriteUInt32BigEndian(page, Crc32C.Compute(page[4..16]) ^ Crc32C.Compute(page[24..26]) ^ Crc32C.Compute(page[34..]));
    }
}
