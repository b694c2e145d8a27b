using System.Runtime.CompilerServices;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Normalizing;

/// <summary>
/// Finds the transaction of every row of a clustered index's leaf, and sets it to "long ago" (rem0rec.h for the format of rows).
/// </summary>
static class ClusteredRows
{
    const int FreeList = 44;

    /// <summary>Rows of which each leads to the next.</summary>
    /// <param name="Last">Where it ends; no row itself.</param>
    /// <param name="MustFit">False for rows that were deleted, of which anything may be left.</param>
    readonly record struct Chain(int First, int Last, bool MustFit);

    /// <returns>False where a row does not have the layout that the key promises; the page is unchanged then.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool ForgetTransactions(Span<byte> page, ClusteredKey key)
    {
        var heap = ReadUInt16BigEndian(page[PageLayout.HeapCount..]);
        var compact = (heap & PageLayout.Compact) != 0;
        var limit = heap & 0x7fff;
        Span<ushort> found = limit <= 4096 ? stackalloc ushort[limit] : new ushort[limit];
        var count = 0;
        var rows = new Chain(Next(page, compact ? PageLayout.Infimum : RedundantRow.Infimum, compact), compact ? PageLayout.Supremum : RedundantRow.Supremum, MustFit: true);
        var free = new Chain(ReadUInt16BigEndian(page[FreeList..]), 0, MustFit: false);
        if (!Collect(page, key, compact, rows, found, ref count) || !Collect(page, key, compact, free, found, ref count))
            return false;
        foreach (var position in found[..count])
            RowTransaction.Forget(page[position..]);

        return true;
    }

    static bool Collect(ReadOnlySpan<byte> page, ClusteredKey key, bool compact, Chain chain, Span<ushort> found, ref int count)
    {
        var (row, last, mustFit) = chain;
        for (; row != last; row = Next(page, row, compact))
        {
            if (row == 0 && !mustFit)
                return true;
            if (row < 100 || row > page.Length - 8 || count == found.Length)
                return !mustFit;
            var position = compact ? AfterCompactKey(page, row, key) : AfterRedundantKey(page, row, key.Fields.Count);
            if (position > 0 && position + RowTransaction.Bytes <= page.Length - 8 && RowTransaction.IsOne(page[position..], page.Length))
                found[count++] = (ushort)position;
            else if (mustFit)
                return false;
        }

        return true;
    }

    /// <summary>Where the next row of the page stands; 0 after the last of those that were deleted.</summary>
    public static int Next(ReadOnlySpan<byte> page, int row, bool compact)
    {
        if (!compact)
            return RedundantRow.Next(page, row);
        var distance = ReadUInt16BigEndian(page[(row - 2)..]);
        return distance == 0 ? 0 : row + distance & page.Length - 1;
    }

    static int AfterCompactKey(ReadOnlySpan<byte> page, int row, ClusteredKey key)
    {
        if (key.IsFixed)
            return row + key.FixedLength;
        var position = row;
        var lengths = row - 6 - key.NullBytes;
        foreach (var field in key.Fields)
        {
            var length = field.FixedLength;
            if (length == 0)
            {
                if (lengths < 100)
                    return -1;
                length = page[lengths--];
                if (field.LongLength && length >= 0x80)
                    length = (length & 0x3f) << 8 | page[lengths--];
            }

            position += length;
        }

        return position;
    }

    static int AfterRedundantKey(ReadOnlySpan<byte> page, int row, int fields)
    {
        const int FirstPossible = 94; // bytes of what comes before all rows
        return row - RedundantRow.BytesBefore(page, row, fields) < FirstPossible ? -1 : row + RedundantRow.End(page, row, fields - 1);
    }
}
