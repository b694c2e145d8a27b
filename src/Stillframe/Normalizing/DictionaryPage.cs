using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Normalizing;

/// <summary>
/// Lays the rows of a page of the data dictionary side by side, in the order of their keys, with nothing between them (page0page.h; their format:
/// <see cref="RedundantRow"/>). The room of rows that are gone is of their size otherwise, and the name of a table that ALTER TABLE made for a while has
/// as many digits as the server's process id and connection had.
/// </summary>
static class DictionaryPage
{
    const int DirectorySlots = 38, HeapTop = 40, HeapCount = 42, FreeList = 44, Garbage = 46, LastInsert = 48, Direction = 50, InOneDirection = 52, Rows = 54;
    const int HeapStart = 125, DirectoryEnd = 8;
    const ushort Compact = 0x8000, NoDirection = 5, InstantMask = 0xfff8;

    /// <returns>False where the page is not laid out as expected; it is unchanged then.</returns>
    public static bool Tidy(Span<byte> page)
    {
        if ((ReadUInt16BigEndian(page[HeapCount..]) & Compact) != 0)
            return true; // a table of the dump's, where the server was told to keep them here
        var slots = ReadUInt16BigEndian(page[DirectorySlots..]);
        var directory = page.Length - DirectoryEnd - 2 * slots;
        if (slots < 2 || directory < HeapStart)
            return false;
        var count = ReadUInt16BigEndian(page[Rows..]);
        var tidy = new byte[page.Length];
        page[..HeapStart].CopyTo(tidy);
        page[directory..].CopyTo(tidy.AsSpan(directory));
        var moved = new Dictionary<int, int>(count) { [RedundantRow.Infimum] = RedundantRow.Infimum, [RedundantRow.Supremum] = RedundantRow.Supremum };
        var (previous, top) = (RedundantRow.Infimum, HeapStart);
        var row = RedundantRow.Next(page, RedundantRow.Infimum);
        for (var number = 0; number < count; number++, row = RedundantRow.Next(page, row))
        {
            if (row < HeapStart + RedundantRow.HeaderBytes || row >= directory)
                return false;
            var (before, after) = Size(page, row);
            if (row - before < HeapStart || row + after > directory || top + before + after > directory || !moved.TryAdd(row, top + before))
                return false;
            page.Slice(row - before, before + after).CopyTo(tidy.AsSpan(top));
            SetNext(tidy, previous, previous = top + before);
            SetHeapNumber(tidy, previous, number + 2);
            top += before + after;
        }

        if (row != RedundantRow.Supremum)
            return false;
        SetNext(tidy, previous, RedundantRow.Supremum);
        for (var slot = directory; slot < page.Length - DirectoryEnd; slot += 2)
        {
            if (!moved.TryGetValue(ReadUInt16BigEndian(tidy.AsSpan(slot)), out var owner))
                return false;
            WriteUInt16BigEndian(tidy.AsSpan(slot), (ushort)owner);
        }

        WriteUInt16BigEndian(tidy.AsSpan(HeapTop), (ushort)top);
        WriteUInt16BigEndian(tidy.AsSpan(HeapCount), (ushort)(count + 2));
        tidy.AsSpan(FreeList, 2).Clear();
        tidy.AsSpan(Garbage, 2).Clear();
        tidy.AsSpan(LastInsert, 2).Clear();
        WriteUInt16BigEndian(tidy.AsSpan(Direction), (ushort)(ReadUInt16BigEndian(tidy.AsSpan(Direction)) & InstantMask | NoDirection));
        tidy.AsSpan(InOneDirection, 2).Clear();
        tidy.CopyTo(page);
        return true;
    }

    static void SetNext(Span<byte> page, int row, int next) => WriteUInt16BigEndian(page[(row - 2)..], (ushort)next);

    /// <summary>13 bits, followed by the upper bits of the number of fields.</summary>
    static void SetHeapNumber(Span<byte> page, int row, int number) =>
        WriteUInt16BigEndian(page[(row - 5)..], (ushort)(number << 3 | ReadUInt16BigEndian(page[(row - 5)..]) & 7));

    /// <summary>Bytes before and from the row's origin: its fields' ends and its header, then their content.</summary>
    static (int Before, int After) Size(ReadOnlySpan<byte> page, int row)
    {
        var fields = RedundantRow.FieldCount(page, row);
        var before = RedundantRow.BytesBefore(page, row, fields);
        return fields == 0 || row < before ? (page.Length, 0) : (before, RedundantRow.End(page, row, fields - 1));
    }
}
