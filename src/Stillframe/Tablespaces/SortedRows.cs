using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Stillframe.Tablespaces;

/// <summary>Rows of an index that are put in order before they are written.</summary>
/// <param name="fields">Of what they are put in order by.</param>
sealed class SortedRows(int fields, SortSpace space) : IDisposable
{
    const int Header = 1 + 2 * sizeof(ushort);

    readonly SortedRecords records = new(space);

    /// <param name="sorted">What it is put in order by; rows of equal keys stay as they come.</param>
    /// <exception cref="IOException">There is no room on disk.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(SortKey sorted, RowImage row)
    {
        var whole = row.Finish();
        var target = records.Add(sorted.Written, Header + fields * sizeof(int) + whole.Length);
        target[0] = sorted.HasNull ? (byte)1 : (byte)0;
        BitConverter.TryWriteBytes(target[1..], (ushort)row.Extra);
        BitConverter.TryWriteBytes(target[3..], (ushort)row.KeyLengths);
        MemoryMarshal.AsBytes(sorted.Ends).CopyTo(target[Header..]);
        whole.CopyTo(target[(Header + fields * sizeof(int))..]);
    }

    /// <exception cref="NotWritableException">Two rows of a unique key are equal.</exception>
    /// <exception cref="IOException">The runs can't be read, or the file not be written.</exception>
    public DistinctKeys WriteTo(IndexTree tree, bool isUnique)
    {
        var distinct = new DistinctKeys(fields);
        var ends = new int[fields];
        records.Visit([MethodImpl(MethodImplOptions.AggressiveOptimization)] (key, record) =>
        {
            if (isUnique && record[0] == 0 && distinct.IsLast(key))
                throw new NotWritableException("two rows of a unique key are equal");
            var (extra, keyLengths) = (BitConverter.ToUInt16(record[1..]), BitConverter.ToUInt16(record[3..]));
            record.Slice(Header, fields * sizeof(int)).CopyTo(MemoryMarshal.AsBytes(ends.AsSpan()));
            distinct.Add(key, ends);
            var row = record[(Header + fields * sizeof(int))..];
            tree.Add(row, (extra, keyLengths, row.Length - extra));
        });
        return distinct;
    }

    public void Dispose() => records.Dispose();
}
