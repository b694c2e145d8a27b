using System.Runtime.InteropServices;

namespace Stillframe.Tablespaces;

/// <summary>Bytes that are in the order of an index's rows.</summary>
sealed class SortKey
{
    readonly List<int> ends = [];
    byte[] bytes = new byte[256];
    int length;

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, length);

    /// <summary>Where each value ends.</summary>
    public ReadOnlySpan<int> Ends => CollectionsMarshal.AsSpan(ends);

    /// <summary>Whether a value of it is NULL, so that it is equal to no other.</summary>
    public bool HasNull { get; private set; }

    /// <summary>For an ordering to make the weights of a text in.</summary>
    public List<ushort> Weights { get; } = [];

    public void Clear()
    {
        (length, HasNull) = (0, false);
        ends.Clear();
    }

    /// <summary>Before all values.</summary>
    public void AddNull(bool isDescending)
    {
        HasNull = true;
        Take(1)[0] = isDescending ? (byte)0xff : (byte)0;
        ends.Add(length);
    }

    /// <param name="isNullable">Whether NULL may be in its place.</param>
    /// <param name="isDescending">Whether the last of them comes first.</param>
    /// <returns>False for a value of which the order is not known.</returns>
    public bool TryAdd(ReadOnlySpan<byte> value, Ordering ordering, bool isNullable, bool isDescending)
    {
        var start = length;
        if (isNullable)
            Take(1)[0] = 1;
        if (!ordering.TryAdd(value, this))
            return false;
        if (isDescending)
            foreach (ref var one in bytes.AsSpan(start, length - start))
                one = (byte)~one;
        ends.Add(length);
        return true;
    }

    /// <summary>The next bytes.</summary>
    public Span<byte> Take(int count)
    {
        if (bytes.Length - length < count)
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, length + count));
        length += count;
        return bytes.AsSpan(length - count, count);
    }
}
