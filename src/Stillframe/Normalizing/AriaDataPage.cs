using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Normalizing;

/// <summary>Makes a page of rows independent of the log and of transactions (MariaDB, storage/maria/ma_blockrec.h has the format).</summary>
static class AriaDataPage
{
    const int TypeOffset = 7, CountOffset = 8, HeaderBytes = 12, EntryBytes = 4, TrailerBytes = 4;
    const int TypeMask = 7, Unallocated = 0, Head = 1, Tail = 2;
    const int HasTransaction = 1, TransactionBytes = 6;

    public static void Normalize(Span<byte> page, long number, AriaHeader header)
    {
        page[..7].Clear();
        switch (page[TypeOffset] & TypeMask)
        {
            case Unallocated:
                page[..^TrailerBytes].Clear();
                break;
            case Head or Tail:
                Rows(page);
                break;
        }

        if (header.HasPageChecksums)
            WriteUInt32LittleEndian(page[^TrailerBytes..], Crc32.Compute((uint)number, page[..^TrailerBytes]));
    }

    /// <summary>Transactions become 0, which every other may read; what lies between the rows becomes empty.</summary>
    static void Rows(Span<byte> page)
    {
        var count = page[CountOffset];
        var directory = page.Length - TrailerBytes - EntryBytes * count;
        var isHead = (page[TypeOffset] & TypeMask) == Head;
        Span<(int Start, int Length)> rows = new (int, int)[count];
        for (var i = 0; i < count; i++)
        {
            var entry = page.Length - TrailerBytes - EntryBytes * (i + 1);
            rows[i] = (ReadUInt16LittleEndian(page[entry..]), ReadUInt16LittleEndian(page[(entry + 2)..]));
        }

        rows.Sort((x, y) => x.Start.CompareTo(y.Start));
        var end = HeaderBytes;
        foreach (var (start, length) in rows)
        {
            if (start == 0)
                continue; // a free entry
            if (start < end || start + length > directory)
                throw new InvalidDataException("rows of a page overlap");
            page[end..start].Clear();
            if (isHead && (page[start] & HasTransaction) != 0)
                page.Slice(start + 1, TransactionBytes).Clear();
            end = start + length;
        }

        page[end..directory].Clear();
    }
}
