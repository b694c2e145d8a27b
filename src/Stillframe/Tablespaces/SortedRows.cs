using System.Runtime.InteropServices;

namespace Stillframe.Tablespaces;

/// <summary>Rows of an index that are put in order before they are written, in memory.</summary>
/// <param name="fields">Of what they are put in order by.</param>
sealed class SortedRows(int fields)
{
    const int Block = 1 << 20, Header = 1 + 3 * sizeof(ushort);

    readonly List<byte[]> blocks = [];
    readonly List<Entry> entries = [];
    int used = Block;

    readonly record struct Entry(int Block, int Start, int KeyBytes, int Ordinal);

    /// <param name="sorted">What it is put in order by; rows of equal keys stay as they come.</param>
    public void Add(SortKey sorted, RowImage row)
    {
        var whole = row.Finish();
        var key = sorted.Written;
        var length = Header + fields * sizeof(int) + key.Length + whole.Length;
        if (used + length > Block)
        {
            blocks.Add(new byte[Math.Max(Block, length)]);
            used = 0;
        }

        var target = blocks[^1].AsSpan(used, length);
        entries.Add(new(blocks.Count - 1, used, key.Length, entries.Count));
        used += length;
        key.CopyTo(target);
        target = target[key.Length..];
        target[0] = sorted.HasNull ? (byte)1 : (byte)0;
        BitConverter.TryWriteBytes(target[1..], (ushort)row.Extra);
        BitConverter.TryWriteBytes(target[3..], (ushort)row.KeyLengths);
        BitConverter.TryWriteBytes(target[5..], (ushort)whole.Length);
        MemoryMarshal.AsBytes(sorted.Ends).CopyTo(target[Header..]);
        whole.CopyTo(target[(Header + fields * sizeof(int))..]);
    }

    /// <exception cref="NotWritableException">Two rows of a unique key are equal.</exception>
    public DistinctKeys WriteTo(IndexTree tree, bool isUnique)
    {
        var distinct = new DistinctKeys(fields);
        var ends = new int[fields];
        entries.Sort(Compare);
        for (var i = 0; i < entries.Count; i++)
        {
            var rest = blocks[entries[i].Block].AsSpan(entries[i].Start + entries[i].KeyBytes);
            if (isUnique && i > 0 && rest[0] == 0 && Key(entries[i]).SequenceEqual(Key(entries[i - 1])))
                throw new NotWritableException("two rows of a unique key are equal");
            var (extra, keyLengths, length) = (BitConverter.ToUInt16(rest[1..]), BitConverter.ToUInt16(rest[3..]), BitConverter.ToUInt16(rest[5..]));
            rest.Slice(Header, fields * sizeof(int)).CopyTo(MemoryMarshal.AsBytes(ends.AsSpan()));
            distinct.Add(Key(entries[i]), ends);
            tree.Add(rest.Slice(Header + fields * sizeof(int), length), (extra, keyLengths, length - extra));
        }

        return distinct;
    }

    int Compare(Entry one, Entry other) => Key(one).SequenceCompareTo(Key(other)) is var order and not 0 ? order : one.Ordinal.CompareTo(other.Ordinal);

    ReadOnlySpan<byte> Key(Entry entry) => blocks[entry.Block].AsSpan(entry.Start, entry.KeyBytes);
}
