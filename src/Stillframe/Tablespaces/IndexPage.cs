using System.Runtime.CompilerServices;
using Stillframe.Normalizing;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Tablespaces;

/// <summary>A page of an index that is filled in the order of its rows (btr0bulk.cc, <c>PageBulk</c>).</summary>
/// <param name="keptFree">Bytes that stay free while it has two rows.</param>
sealed class IndexPage(uint number, byte[] page, int level, int keptFree)
{
    const int Room = PageLayout.Size - PageLayout.FirstRow - PageLayout.Trailer - 2 * PageLayout.SlotBytes;

    int room = Room, top = PageLayout.FirstRow, last = PageLayout.Infimum;

    public uint Number => number;

    public int Level => level;

    public int Rows { get; private set; }

    /// <summary>Of its first row: where it begins, what lies before its origin, and its key.</summary>
    public (int Origin, int KeyLengths, int KeyBytes) First { get; private set; }

    public ReadOnlySpan<byte> Bytes => page;

    /// <summary>What every page of an index begins with.</summary>
    public void Begin(ulong index)
    {
        WriteUInt16BigEndian(page.AsSpan(PageLayout.Type), PageLayout.IndexType);
        WriteUInt64BigEndian(page.AsSpan(PageLayout.Previous), ulong.MaxValue); // neither neighbour
        Empty();
        WriteUInt64BigEndian(page.AsSpan(PageLayout.IndexId), index);
    }

    /// <summary>The page without rows, which has its index and segments already.</summary>
    public void Empty()
    {
        var span = page.AsSpan();
        span[PageLayout.Slots..PageLayout.MaxTransaction].Clear();
        WriteUInt16BigEndian(span[PageLayout.HeapTop..], PageLayout.FirstRow);
        WriteUInt16BigEndian(span[PageLayout.HeapCount..], PageLayout.Compact | PageLayout.HeapOfRows);
        WriteUInt16BigEndian(span[PageLayout.Direction..], PageLayout.NoDirection);
        WriteUInt16BigEndian(span[PageLayout.Level..], (ushort)level);
        span[PageLayout.FirstRow..].Clear();
        "\u0001\0\u0002\0\rinfimum\0\u0001\0\v\0\0supremum"u8.CopyTo(span[(PageLayout.Infimum - PageLayout.RowHeader)..]);
    }

    /// <summary>Of other indexes than the table itself: as the normaliser leaves pages with rows, and the server those above them.</summary>
    public void ForgetLastTransaction()
    {
        if (level == 0)
            InnoDbPage.ForgetLastTransaction(page);
        else
            page.AsSpan(PageLayout.MaxTransaction, sizeof(ulong)).Clear();
    }

    public void SetPrevious(uint other) => WriteUInt32BigEndian(page.AsSpan(PageLayout.Previous), other);

    public void SetNext(uint other) => WriteUInt32BigEndian(page.AsSpan(PageLayout.Next), other);

    /// <summary>Whether the server would still put a row of so many bytes here.</summary>
    public bool Takes(int size)
    {
        var needed = size + Slots(Rows + 1) - Slots(Rows);
        return needed <= room && (Rows < 2 || room - needed >= keptFree);
    }

    /// <param name="row">With the bytes before its origin.</param>
    /// <param name="info">Bits of its header.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<byte> row, (int Extra, int KeyLengths, int KeyBytes) parts, int info)
    {
        var span = page.AsSpan();
        row.CopyTo(span[top..]);
        var origin = top + parts.Extra;
        if (Rows == 0)
            First = (origin, parts.KeyLengths, parts.KeyBytes);
        span[origin + PageLayout.Owned] = (byte)(info & ~PageLayout.NodePointer);
        WriteUInt16BigEndian(span[(origin + PageLayout.HeapNumber)..], (ushort)((PageLayout.HeapOfRows + Rows) << 3 | info & PageLayout.NodePointer));
        WriteUInt16BigEndian(span[(last + PageLayout.NextRow)..], (ushort)(origin - last));
        room -= row.Length + Slots(Rows + 1) - Slots(Rows);
        (top, last) = (top + row.Length, origin);
        Rows++;
    }

    /// <summary>Where a value of the last row is.</summary>
    /// <param name="at">Bytes of the reference from the row's origin.</param>
    public void SetReference(int at, uint firstPage, int length)
    {
        var reference = page.AsSpan(last + at, PageLayout.ReferenceBytes);
        page.AsSpan(PageLayout.Space, sizeof(uint)).CopyTo(reference);
        WriteUInt32BigEndian(reference[PageLayout.ReferencePage..], firstPage);
        WriteUInt32BigEndian(reference[PageLayout.ReferenceOffset..], PageLayout.ValuePart);
        WriteUInt32BigEndian(reference[PageLayout.ReferenceLength..], (uint)length);
    }

    /// <summary>Closes the list of rows, and makes the directory: a slot for each four of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Finish()
    {
        var span = page.AsSpan();
        WriteUInt16BigEndian(span[(last + PageLayout.NextRow)..], (ushort)(PageLayout.Supremum - last));
        var slot = PageLayout.Size - PageLayout.Trailer - PageLayout.SlotBytes;
        WriteUInt16BigEndian(span[slot..], PageLayout.Infimum);
        var (owned, lastOwner) = (0, 0);
        for (var row = Next(PageLayout.Infimum); row != PageLayout.Supremum; row = Next(row))
        {
            if (++owned < PageLayout.SlotOwns)
                continue;
            WriteUInt16BigEndian(span[(slot -= PageLayout.SlotBytes)..], (ushort)row);
            Own(row, owned);
            (lastOwner, owned) = (row, 0);
        }

        if (lastOwner != 0 && owned + 1 + PageLayout.SlotOwns <= PageLayout.SlotOwnsMost)
        {
            // the last two slots are one
            owned += PageLayout.SlotOwns;
            Own(lastOwner, 0);
        }
        else
        {
            slot -= PageLayout.SlotBytes;
        }

        WriteUInt16BigEndian(span[slot..], PageLayout.Supremum);
        Own(PageLayout.Supremum, owned + 1);
        WriteUInt16BigEndian(span[PageLayout.Slots..], (ushort)((PageLayout.Size - PageLayout.Trailer - slot) / PageLayout.SlotBytes));
        WriteUInt16BigEndian(span[PageLayout.HeapTop..], (ushort)top);
        WriteUInt16BigEndian(span[PageLayout.HeapCount..], (ushort)(PageLayout.Compact | PageLayout.HeapOfRows + Rows));
        WriteUInt16BigEndian(span[PageLayout.Records..], (ushort)Rows);
    }

    /// <summary>Its rows, into another page, as they are.</summary>
    public void CopyTo(IndexPage other)
    {
        page.AsSpan(PageLayout.FirstRow, top - PageLayout.FirstRow).CopyTo(other.Span(PageLayout.FirstRow));
        page.AsSpan(PageLayout.Infimum + PageLayout.NextRow, 2).CopyTo(other.Span(PageLayout.Infimum + PageLayout.NextRow));
        for (var row = Next(PageLayout.Infimum); row != PageLayout.Supremum; row = Next(row))
            other.Span(row + PageLayout.Owned)[0] &= 0xf0;
        (other.top, other.last, other.Rows, other.First) = (top, last, Rows, First);
    }

    Span<byte> Span(int start) => page.AsSpan(start);

    int Next(int row) => (ushort)(row + ReadUInt16BigEndian(page.AsSpan(row + PageLayout.NextRow)));

    void Own(int row, int count) => page[row + PageLayout.Owned] = (byte)(page[row + PageLayout.Owned] & 0xf0 | count);

    /// <summary>Bytes of the directory that so many rows count as.</summary>
    static int Slots(int rows) => (PageLayout.SlotBytes * rows + PageLayout.SlotOwns - 1) / PageLayout.SlotOwns;
}
