using System.Buffers.Binary;
using System.Text;

namespace Stillframe.Connections;

/// <summary>Reads the protocol's integers and strings from one payload. MariaDB manual, "Protocol Data Types".</summary>
ref struct PacketReader(ReadOnlySpan<byte> payload)
{
    ReadOnlySpan<byte> rest = payload;

    public readonly bool IsAtEnd => rest.IsEmpty;

    public byte Byte()
    {
        var value = rest[0];
        rest = rest[1..];
        return value;
    }

    public ushort UInt16()
    {
        var value = BinaryPrimitives.ReadUInt16LittleEndian(rest);
        rest = rest[2..];
        return value;
    }

    public ReadOnlySpan<byte> Bytes(int count)
    {
        var value = rest[..count];
        rest = rest[count..];
        return value;
    }

    public ReadOnlySpan<byte> UntilZero()
    {
        var end = rest.IndexOf((byte)0);
        var value = end < 0 ? rest : rest[..end];
        rest = end < 0 ? [] : rest[(end + 1)..];
        return value;
    }

    public ulong LengthEncodedInteger()
    {
        var first = Byte();
        var size = first switch { < 0xFB => 0, 0xFC => 2, 0xFD => 3, _ => 8 };
        if (size == 0)
            return first;
        ulong value = 0;
        for (var i = 0; i < size; i++)
            value |= (ulong)Byte() << 8 * i;
        return value;
    }

    /// <summary>Bytes after their number.</summary>
    public ReadOnlySpan<byte> Counted() => Bytes(checked((int)LengthEncodedInteger()));

    /// <summary>Skips a text result's value if it is NULL.</summary>
    public bool TakeNull()
    {
        if (rest[0] != 0xFB)
            return false;
        rest = rest[1..];
        return true;
    }

    /// <summary>A text result's value; null for NULL. Bytes that are not UTF-8 become U+FFFD.</summary>
    public string? Text() => TakeNull() ? null : Encoding.UTF8.GetString(Counted());
}
