using System.Buffers.Text;
using Stillframe.Dumps;

namespace Stillframe.Masking;

/// <summary>SQL that is being written.</summary>
sealed class MaskedText
{
    byte[] bytes = new byte[1 << 12];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => bytes.AsMemory(0, Length);

    /// <summary>How strings are read in the statement.</summary>
    public LexicalModes Modes { get; set; }

    public void Clear() => Length = 0;

    public void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Room(text.Length));
        Length += text.Length;
    }

    public void Append(byte one)
    {
        Room(1)[0] = one;
        Length++;
    }

    public void Number(ulong number)
    {
        _ = Utf8Formatter.TryFormat(number, Room(20), out var written);
        Length += written;
    }

    /// <summary>A string literal in the connection's character set.</summary>
    public void Quoted(ReadOnlySpan<byte> value)
    {
        Append((byte)'\'');
        var escapes = !Modes.HasFlag(LexicalModes.NoBackslashEscapes);
        foreach (var one in value)
        {
            if (one == '\'' || (one == '\\' && escapes))
                Append(one);
            Append(one);
        }

        Append((byte)'\'');
    }

    /// <summary>A literal of bytes.</summary>
    public void Hex(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            Append("''"u8);
            return;
        }

        Append("0x"u8);
        _ = Convert.TryToHexString(value, Room(2 * value.Length), out var written);
        Length += written;
    }

    Span<byte> Room(int more)
    {
        if (bytes.Length - Length < more)
            Array.Resize(ref bytes, (int)Math.Min(Array.MaxLength, Math.Max((long)Length + more, 2L * bytes.Length)));
        return bytes.AsSpan(Length);
    }
}
