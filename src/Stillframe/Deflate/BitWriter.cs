using System.Buffers.Binary;

namespace Stillframe.Deflate;

/// <summary>Bits into bytes, the lowest first (RFC 1951, section 3.1.1).</summary>
/// <param name="output">Has eight bytes more than will be written.</param>
struct BitWriter(byte[] output, int position)
{
    ulong bits;
    int count;

    /// <summary>Where the next whole byte goes.</summary>
    public int Position { get; private set; } = position;

    /// <summary>Takes bits; no more than 56 before they are written.</summary>
    public void Add(uint value, int width)
    {
        bits |= (ulong)value << count;
        count += width;
    }

    /// <summary>Writes what is whole bytes.</summary>
    public void Write()
    {
        BinaryPrimitives.WriteUInt64LittleEndian(output.AsSpan(Position), bits);
        Position += count >> 3;
        bits >>= count & ~7;
        count &= 7;
    }

    public void Write(uint value, int width)
    {
        Add(value, width);
        Write();
    }

    /// <summary>Fills the byte that was begun with zeros.</summary>
    public void Align()
    {
        count = count + 7 & ~7;
        Write();
    }

    /// <summary>Whole bytes, where the last one is whole, too.</summary>
    public void Copy(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(output.AsSpan(Position));
        Position += bytes.Length;
    }
}
