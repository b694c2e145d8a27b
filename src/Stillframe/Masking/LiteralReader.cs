using System.Buffers;
using Stillframe.Dumps;

namespace Stillframe.Masking;

/// <summary>Reads the literals of rows: what value they are, and where they end.</summary>
sealed class LiteralReader
{
    static readonly SearchValues<byte> Stops = SearchValues.Create("'\"`(),#-/"u8);
    static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);
    static readonly SearchValues<byte> NumberBytes = SearchValues.Create("0123456789.eE+-"u8);

    byte[] bytes = new byte[256];

    /// <summary>Of the literal that was read last.</summary>
    public LiteralForm Form { get; private set; }

    /// <summary>The value that was read last, until the next one.</summary>
    public ReadOnlyMemory<byte> Value { get; private set; }

    /// <summary>The position of the comma or parenthesis behind a value, whatever it is; -1 where the row does not end.</summary>
    public static int Skip(ReadOnlySpan<byte> text, int position, LexicalModes modes)
    {
        for (var depth = 0; position < text.Length;)
        {
            var next = text[position..].IndexOfAny(Stops);
            if (next < 0)
                return -1;
            position += next;
            var stop = text[position];
            if (depth == 0 && stop is (byte)',' or (byte)')')
                return position;
            depth += stop == '(' ? 1 : stop == ')' ? -1 : 0;
            position = stop switch
            {
                (byte)'\'' or (byte)'"' or (byte)'`' => Lexical.SkipQuoted(text, position, modes),
                (byte)'#' or (byte)'-' when Lexical.IsLineComment(text[position..]) => Lexical.SkipLine(text, position),
                (byte)'/' when text[position..].StartsWith("/*"u8) => Lexical.SkipBlockComment(text, position),
                _ => position + 1,
            };
            if (position < 0)
                return -1;
        }

        return -1;
    }

    /// <summary>Takes the literal that begins at a position.</summary>
    /// <returns>The position behind it; -1 where there is none.</returns>
    public int Read(ReadOnlySpan<byte> text, int position, LexicalModes modes)
    {
        var rest = text[position..];
        if (rest.IsEmpty)
            return -1;
        if (rest[0] == '\'' || (rest[0] == '"' && !modes.HasFlag(LexicalModes.AnsiQuotes)))
            return Quoted(text, position, modes, LiteralForm.Text);
        if (rest.StartsWith("_binary"u8))
        {
            position += "_binary"u8.Length;
            while (position < text.Length && Lexical.IsSpace(text[position]))
                position++;
            return position < text.Length && text[position] == '\'' ? Quoted(text, position, modes, LiteralForm.Bytes) : -1;
        }

        if (rest is [(byte)'0', (byte)'x', ..] or [(byte)'x' or (byte)'X', (byte)'\'', ..])
            return Hex(text, position);
        if (rest is [(byte)'0', (byte)'b', ..] or [(byte)'b' or (byte)'B', (byte)'\'', ..])
            return Bits(text, position);
        return rest[0] is (byte)'-' or (byte)'+' or (byte)'.' or (>= (byte)'0' and <= (byte)'9') ? Number(rest, position) : -1;
    }

    int Number(ReadOnlySpan<byte> rest, int position)
    {
        var length = rest.IndexOfAnyExcept(NumberBytes);
        length = length < 0 ? rest.Length : length;
        Set(LiteralForm.Number, rest[..length]);
        return position + length;
    }

    int Hex(ReadOnlySpan<byte> text, int position)
    {
        var quoted = text[position] != '0';
        var digits = text[(position + 2)..];
        var length = digits.IndexOfAnyExcept(HexDigits);
        length = length < 0 ? digits.Length : length;
        if (quoted && (length == digits.Length || digits[length] != '\'' || length % 2 != 0))
            return -1;
        Room((length + 1) / 2);
        var odd = length % 2;
        if (odd > 0)
            bytes[0] = (byte)Convert.FromHexString($"0{(char)digits[0]}")[0];
        _ = Convert.FromHexString(digits[odd..length], bytes.AsSpan(odd), out _, out _);
        (Form, Value) = (LiteralForm.Bytes, bytes.AsMemory(0, (length + 1) / 2));
        return position + 2 + length + (quoted ? 1 : 0);
    }

    /// <summary>Their value is asked for by nobody: columns of bits are made NULL or constant.</summary>
    int Bits(ReadOnlySpan<byte> text, int position)
    {
        var quoted = text[position] != '0';
        var digits = text[(position + 2)..];
        var length = digits.IndexOfAnyExceptInRange((byte)'0', (byte)'1');
        length = length < 0 ? digits.Length : length;
        if (quoted && (length == digits.Length || digits[length] != '\''))
            return -1;
        Set(LiteralForm.Bytes, digits[..length]);
        return position + 2 + length + (quoted ? 1 : 0);
    }

    int Quoted(ReadOnlySpan<byte> text, int start, LexicalModes modes, LiteralForm form)
    {
        var end = Lexical.SkipQuoted(text, start, modes);
        if (end < 0)
            return -1;
        var quote = text[start];
        var inner = text[(start + 1)..(end - 1)];
        var escapes = Lexical.Escapes(quote, modes);
        Room(inner.Length);
        var length = 0;
        while (!inner.IsEmpty)
        {
            var plain = escapes ? inner.IndexOfAny(quote, (byte)'\\') : inner.IndexOf(quote);
            plain = plain < 0 ? inner.Length : plain;
            if (plain > 0 && plain < inner.Length && (modes & LexicalModes.DoubleByte) != 0)
                plain = BeforePair(inner, plain, modes);
            inner[..plain].CopyTo(bytes.AsSpan(length));
            length += plain;
            inner = inner[plain..];
            if (inner.IsEmpty)
                break;
            length += inner[0] == '\\' && escapes ? Escape(inner[1], bytes.AsSpan(length)) : One(inner[0]);
            inner = inner[(IsTwo(inner, quote, escapes) ? 2 : 1)..];
        }

        (Form, Value) = (form, bytes.AsMemory(0, length));
        return end;

        int One(byte value)
        {
            bytes[length] = value;
            return 1;
        }
    }

    static bool IsTwo(ReadOnlySpan<byte> inner, byte quote, bool escapes) => (inner[0] == '\\' && escapes) || inner[0] == quote;

    /// <summary>Goes over characters of two bytes, the second of which may be a backslash.</summary>
    static int BeforePair(ReadOnlySpan<byte> inner, int plain, LexicalModes modes)
    {
        var position = 0;
        while (position < plain)
            position += inner[position] >= 0x80 && position + 1 < inner.Length && DoubleByteText.IsPair(inner[position], inner[position + 1], modes) ? 2 : 1;
        return position;
    }

    /// <summary>What a backslash makes of the byte behind it (<see href="https://mariadb.com/kb/en/string-literals/"/>).</summary>
    static int Escape(byte escaped, Span<byte> target)
    {
        if (escaped is (byte)'%' or (byte)'_')
        {
            (target[0], target[1]) = ((byte)'\\', escaped);
            return 2;
        }

        target[0] = Lexical.Unescaped(escaped);
        return 1;
    }

    void Set(LiteralForm form, ReadOnlySpan<byte> value)
    {
        Room(value.Length);
        value.CopyTo(bytes);
        (Form, Value) = (form, bytes.AsMemory(0, value.Length));
    }

    void Room(int size)
    {
        if (bytes.Length < size)
            bytes = new byte[2 * size];
    }
}
