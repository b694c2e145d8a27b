using System.Runtime.CompilerServices;

namespace Stillframe.Tablespaces;

/// <summary>How many different values the first fields of an index's rows have, as <c>ANALYZE TABLE</c> counts them in all pages: NULLs are equal.</summary>
/// <param name="fields">Fields of a row's key.</param>
sealed class DistinctKeys(int fields)
{
    readonly long[] counts = new long[fields];
    byte[] last = [];
    int length = -1;

    /// <summary>Of the first field, of the first two, and so on.</summary>
    public IReadOnlyList<long> Counts => counts;

    /// <summary>Whether a key comes behind all so far.</summary>
    public bool Precede(ReadOnlySpan<byte> key) => length < 0 || key.SequenceCompareTo(last.AsSpan(0, length)) > 0;

    /// <summary>Whether it is the one that was added last.</summary>
    public bool IsLast(ReadOnlySpan<byte> key) => length >= 0 && key.SequenceEqual(last.AsSpan(0, length));

    /// <param name="key">In the order of keys.</param>
    /// <param name="ends">Where each field ends in it.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<byte> key, ReadOnlySpan<int> ends)
    {
        var first = 0;
        if (length >= 0)
        {
            var same = key.CommonPrefixLength(last.AsSpan(0, length));
            while (first < fields && ends[first] <= same)
                first++;
        }

        for (; first < fields; first++)
            counts[first]++;
        if (last.Length < key.Length)
            last = new byte[key.Length * 2];
        key.CopyTo(last);
        length = key.Length;
    }
}
