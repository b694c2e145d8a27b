using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Stillframe.Tablespaces;

/// <summary>How values of a column are put in order in keys.</summary>
abstract class Ordering
{
    /// <summary>Writes bytes that are in the order of the values.</summary>
    /// <param name="value">As it is stored.</param>
    /// <returns>False for a value of which the order is not known.</returns>
    public abstract bool TryAdd(ReadOnlySpan<byte> value, SortKey key);
}

/// <summary>Values of one length, as their bytes are.</summary>
sealed class FixedOrdering : Ordering
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool TryAdd(ReadOnlySpan<byte> value, SortKey key)
    {
        value.CopyTo(key.Take(value.Length));
        return true;
    }
}

/// <summary>FLOAT and DOUBLE, whose least significant byte is first, and which have a sign and no complement.</summary>
sealed class FloatingOrdering : Ordering
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool TryAdd(ReadOnlySpan<byte> value, SortKey key)
    {
        var target = key.Take(value.Length);
        value.CopyTo(target);
        target.Reverse();
        var turned = (target[0] & 0x80) != 0 ? (byte)0xff : (byte)0;
        foreach (ref var one in target)
            one ^= turned;
        target[0] ^= turned == 0 ? (byte)0x80 : (byte)0;
        return true;
    }
}

/// <summary>Bytes of any number: of two with the same beginning, the shorter comes first.</summary>
sealed class BinaryOrdering : Ordering
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool TryAdd(ReadOnlySpan<byte> value, SortKey key)
    {
        // a zero is followed by a byte that says that there is more
        while (value.IndexOf((byte)0) is var zero and >= 0)
        {
            value[..(zero + 1)].CopyTo(key.Take(zero + 1));
            key.Take(1)[0] = 1;
            value = value[(zero + 1)..];
        }

        value.CopyTo(key.Take(value.Length));
        key.Take(sizeof(ushort)).Clear();
        return true;
    }
}

/// <summary>Text by the weights of its characters, as if spaces without end followed it.</summary>
/// <param name="space">The weight of a space.</param>
abstract class PaddedOrdering(ushort space) : Ordering
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool TryAdd(ReadOnlySpan<byte> value, SortKey key)
    {
        key.Weights.Clear();
        if (!TryWeigh(value, key.Weights))
            return false;
        var weights = key.Weights;
        var length = weights.Count;
        while (length > 0 && weights[length - 1] == space)
            length--;
        for (var i = 0; i < length; i++)
        {
            Write(weights[i], key);
            if (weights[i] != space)
                continue;
            // after the first of some spaces: whether what follows them is before a space or behind it, and how many they are
            var end = i;
            while (weights[end] == space)
                end++;
            var isLess = weights[end] < space;
            key.Take(1)[0] = isLess ? (byte)0 : (byte)2;
            BinaryPrimitives.WriteUInt32BigEndian(key.Take(sizeof(uint)), isLess ? (uint)(end - i) : ~(uint)(end - i));
            i = end - 1;
        }

        // and here nothing follows, which is between the two
        Write(space, key);
        key.Take(1)[0] = 1;
        return true;
    }

    protected abstract bool TryWeigh(ReadOnlySpan<byte> value, List<ushort> weights);

    static void Write(ushort weight, SortKey key) => BinaryPrimitives.WriteUInt16BigEndian(key.Take(sizeof(ushort)), weight);
}

/// <summary>A binary collation: the order of UTF-8's bytes is that of its characters.</summary>
sealed class BinaryTextOrdering() : PaddedOrdering(' ')
{
    /// <inheritdoc/>
    protected override bool TryWeigh(ReadOnlySpan<byte> value, List<ushort> weights)
    {
        foreach (var one in value)
            weights.Add(one);
        return true;
    }
}
