using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Stillframe.Tablespaces;

/// <summary>Runs of sorted records on disk, one after the other in a file that nobody else sees and that goes with it.</summary>
sealed class RunFile(string directory) : IDisposable
{
    const int Buffer = 1 << 18, Lengths = 2 * sizeof(int);

    readonly SafeFileHandle file = File.OpenHandle(Path.Combine(directory, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
    readonly List<(long Start, long End)> runs = [];
    byte[] buffer = new byte[Buffer];
    int filled;
    long start, written;

    public void Begin() => start = written;

    public void Write(ReadOnlySpan<byte> key, ReadOnlySpan<byte> record)
    {
        var length = Lengths + key.Length + record.Length;
        if (buffer.Length - filled < length)
        {
            Flush();
            if (buffer.Length < length)
                buffer = new byte[length];
        }

        var target = buffer.AsSpan(filled, length);
        BinaryPrimitives.WriteInt32LittleEndian(target, key.Length);
        BinaryPrimitives.WriteInt32LittleEndian(target[sizeof(int)..], record.Length);
        key.CopyTo(target[Lengths..]);
        record.CopyTo(target[(Lengths + key.Length)..]);
        filled += length;
    }

    public void End()
    {
        Flush();
        if (written > start)
            runs.Add((start, written));
    }

    /// <summary>Shows the records of all runs, in order; of equal keys, those of the earlier run first.</summary>
    public void Merge(SortedRecords.Visitor visitor)
    {
        var readers = runs.Select((run, number) => new Run(file, run.Start, run.End, number)).ToList();
        var queue = new SortedSet<Run>(readers.Where(run => run.Next()));
        while (queue.Min is { } first)
        {
            queue.Remove(first);
            var next = queue.Min;
            // as long as it is the first, nothing is put in order
            var isMore = true;
            while (isMore && (next is null || first.CompareTo(next) < 0))
            {
                visitor(first.Key, first.Record);
                isMore = first.Next();
            }

            if (isMore)
                queue.Add(first);
        }
    }

    public void Dispose() => file.Dispose();

    void Flush()
    {
        RandomAccess.Write(file, buffer.AsSpan(0, filled), written);
        written += filled;
        filled = 0;
    }

    sealed class Run(SafeFileHandle file, long start, long end, int number) : IComparable<Run>
    {
        readonly int number = number;
        byte[] buffer = new byte[Buffer / 4];
        long position = start;
        int from, filled, keyBytes, recordBytes;

        public ReadOnlySpan<byte> Key => buffer.AsSpan(from + Lengths, keyBytes);

        public ReadOnlySpan<byte> Record => buffer.AsSpan(from + Lengths + keyBytes, recordBytes);

        public bool Next()
        {
            if (filled > 0)
                from += Lengths + keyBytes + recordBytes;
            if (!Have(Lengths))
                return false;
            keyBytes = BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(from));
            recordBytes = BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(from + sizeof(int)));
            return Have(Lengths + keyBytes + recordBytes) ? true : throw new EndOfStreamException("A run of sorted records ends within one.");
        }

        public int CompareTo(Run? other) => Key.SequenceCompareTo(other!.Key) is var order and not 0 ? order : number.CompareTo(other.number);

        bool Have(int count)
        {
            if (filled - from >= count)
                return true;
            var kept = buffer.AsSpan(from, filled - from).ToArray();
            if (buffer.Length < count)
                buffer = new byte[count * 2];
            kept.CopyTo(buffer, 0);
            (from, filled) = (0, kept.Length);
            while (filled < count && position < end)
            {
                var read = RandomAccess.Read(file, buffer.AsSpan(filled, (int)Math.Min(buffer.Length - filled, end - position)), position);
                if (read == 0)
                    break;
                (filled, position) = (filled + read, position + read);
            }

            return filled >= count;
        }
    }
}
