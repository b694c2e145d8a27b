using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Stillframe.Tablespaces;

/// <summary>Where records go that are put in order.</summary>
/// <param name="Directory">For those that have no room in memory.</param>
/// <param name="Bytes">Of memory.</param>
sealed record SortSpace(string Directory, int Bytes);

/// <summary>Puts records in order by the bytes of their keys: in memory, and what is more than that in runs on disk. Records of equal keys stay as they come.</summary>
sealed class SortedRecords(SortSpace space) : IDisposable
{
    const int Block = 1 << 20, EntryBytes = 32;

    readonly List<byte[]> blocks = [];
    readonly List<Entry> entries = [];
    RunFile? runs;
    int current = -1, used;
    long bytes;

    /// <param name="Start">The beginning of the key, as a number.</param>
    readonly record struct Entry(ulong Start, int Block, int Position, int KeyBytes, int Bytes, int Ordinal);

    public delegate void Visitor(ReadOnlySpan<byte> key, ReadOnlySpan<byte> record);

    /// <returns>Room for the record, valid until the next.</returns>
    /// <exception cref="IOException">There is no room on disk.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Span<byte> Add(ReadOnlySpan<byte> key, int length)
    {
        var whole = key.Length + length;
        if (bytes + whole + EntryBytes > space.Bytes && entries.Count > 0)
            Spill();
        if (current < 0 || used + whole > blocks[current].Length)
            NextBlock(whole);
        var target = blocks[current].AsSpan(used, whole);
        key.CopyTo(target);
        entries.Add(new(StartOf(key), current, used, key.Length, length, entries.Count));
        used += whole;
        bytes += whole + EntryBytes;
        return target[key.Length..];
    }

    /// <summary>Shows all of them, in order.</summary>
    /// <exception cref="IOException">The runs can't be read.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Visit(Visitor visitor)
    {
        Sort();
        if (runs is null)
        {
            foreach (ref readonly var entry in CollectionsMarshal.AsSpan(entries))
                visitor(Key(entry), Record(entry));
            return;
        }

        WriteRun();
        ReturnBlocks();
        runs.Merge(visitor);
    }

    public void Dispose()
    {
        ReturnBlocks();
        runs?.Dispose();
    }

    void ReturnBlocks()
    {
        foreach (var block in blocks)
            ArrayPool<byte>.Shared.Return(block);
        blocks.Clear();
    }

    void NextBlock(int length)
    {
        current++;
        if (current == blocks.Count)
            blocks.Add(ArrayPool<byte>.Shared.Rent(Math.Max(Block, length)));
        else if (blocks[current].Length < length)
        {
            ArrayPool<byte>.Shared.Return(blocks[current]);
            blocks[current] = ArrayPool<byte>.Shared.Rent(length);
        }

        used = 0;
    }

    void Spill()
    {
        Sort();
        WriteRun();
        (current, used, bytes) = (0, 0, 0);
        entries.Clear();
    }

    void WriteRun()
    {
        runs ??= new(space.Directory);
        runs.Begin();
        foreach (ref readonly var entry in CollectionsMarshal.AsSpan(entries))
            runs.Write(Key(entry), Record(entry));
        runs.End();
    }

    void Sort() => CollectionsMarshal.AsSpan(entries).Sort(Compare);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int Compare(Entry one, Entry other)
    {
        if (one.Start != other.Start)
            return one.Start < other.Start ? -1 : 1;
        return Key(one).SequenceCompareTo(Key(other)) is var order and not 0 ? order : one.Ordinal.CompareTo(other.Ordinal);
    }

    ReadOnlySpan<byte> Key(in Entry entry) => blocks[entry.Block].AsSpan(entry.Position, entry.KeyBytes);

    ReadOnlySpan<byte> Record(in Entry entry) => blocks[entry.Block].AsSpan(entry.Position + entry.KeyBytes, entry.Bytes);

    /// <summary>A shorter key comes first, as if zeros followed it.</summary>
    static ulong StartOf(ReadOnlySpan<byte> key)
    {
        if (key.Length >= sizeof(ulong))
            return BinaryPrimitives.ReadUInt64BigEndian(key);
        Span<byte> start = stackalloc byte[sizeof(ulong)];
        start.Clear();
        key.CopyTo(start);
        return BinaryPrimitives.ReadUInt64BigEndian(start);
    }
}
