using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Stillframe.Tablespaces;

/// <summary>How values of a column are put in order.</summary>
enum Order
{
    /// <summary>As the bytes that are stored.</summary>
    Bytes,
    /// <summary>As their bytes, and a shorter one as if spaces followed it.</summary>
    SpacePadded,
}

/// <summary>Bytes that are in the order of an index's rows.</summary>
sealed class SortKey
{
    const byte Space = 0x20;

    readonly List<int> ends = [];
    byte[] bytes = new byte[256];
    int length;

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, length);

    /// <summary>Whether a value of it is NULL, so that it is equal to no other.</summary>
    public bool HasNull { get; private set; }

    /// <summary>Where each value ends.</summary>
    public ReadOnlySpan<int> Ends => CollectionsMarshal.AsSpan(ends);

    public void Clear()
    {
        (length, HasNull) = (0, false);
        ends.Clear();
    }

    /// <summary>Before all values.</summary>
    public void AddNull(bool isDescending)
    {
        HasNull = true;
        Put(isDescending ? (byte)0xff : (byte)0);
        ends.Add(length);
    }

    /// <param name="column">Whether NULL may be in its place, whether others may be longer or shorter, and whether the last of them comes first.</param>
    public void Add(ReadOnlySpan<byte> value, Order order, (bool IsNullable, bool HasLength, bool IsDescending) column)
    {
        var start = length;
        if (column.IsNullable)
            Put(1);
        if (order == Order.SpacePadded)
            AddPadded(value);
        else if (column.HasLength)
            AddEnded(value);
        else
            value.CopyTo(Take(value.Length));
        if (column.IsDescending)
            foreach (ref var one in bytes.AsSpan(start, length - start))
                one = (byte)~one;
        ends.Add(length);
    }

    /// <summary>A zero is followed by one that says that there is more.</summary>
    void AddEnded(ReadOnlySpan<byte> value)
    {
        foreach (var one in value)
        {
            Put(one);
            if (one == 0)
                Put(1);
        }

        Put(0);
        Put(0);
    }

    /// <summary>After the first of some spaces: whether what follows them is before a space, nothing, or behind it; and how many they are.</summary>
    void AddPadded(ReadOnlySpan<byte> value)
    {
        value = value.TrimEnd(Space);
        while (!value.IsEmpty)
        {
            var next = value.IndexOf(Space);
            (next < 0 ? value : value[..next]).CopyTo(Take(next < 0 ? value.Length : next));
            if (next < 0)
                break;
            value = value[next..];
            var spaces = value.IndexOfAnyExcept(Space);
            var isLess = value[spaces] < Space;
            Put(Space);
            Put(isLess ? (byte)0 : (byte)2);
            BinaryPrimitives.WriteUInt32BigEndian(Take(sizeof(uint)), isLess ? (uint)spaces : ~(uint)spaces);
            value = value[spaces..];
        }

        Put(Space);
        Put(1);
    }

    void Put(byte one) => Take(1)[0] = one;

    Span<byte> Take(int count)
    {
        if (bytes.Length - length < count)
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, length + count));
        length += count;
        return bytes.AsSpan(length - count, count);
    }
}
