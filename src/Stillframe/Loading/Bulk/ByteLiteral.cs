using System.Buffers;

namespace Stillframe.Loading.Bulk;

/// <summary>Hexadecimal and bit literals: <c>0x4D</c>, <c>x'4D'</c>, <c>0b01</c>, <c>b'01'</c>.</summary>
static class ByteLiteral
{
    const string Bad = "a hexadecimal or bit literal is not well formed";

    static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    /// <summary>Whether one starts here.</summary>
    public static bool Is(ReadOnlySpan<byte> text) =>
        text.Length > 2 && (text[0] == '0' ? text[1] is (byte)'x' or (byte)'b' : text[1] == '\'' && (text[0] | 0x20) is 'x' or 'b');

    /// <summary>Writes its bytes as a field's value.</summary>
    /// <returns>Bytes taken.</returns>
    public static int Write(ReadOnlySpan<byte> text, FieldBuffer output)
    {
        var quoted = text[1] == '\'';
        var hex = (quoted ? text[0] | 0x20 : text[1]) == 'x';
        var digits = text[2..];
        var length = hex ? digits.IndexOfAnyExcept(HexDigits) : digits.IndexOfAnyExceptInRange((byte)'0', (byte)'1');
        digits = digits[..(length < 0 ? digits.Length : length)];
        if (quoted && (length < 0 || text[2 + length] != '\'' || (hex && length % 2 != 0)))
            throw new NotBulkLoadableException(Bad);
        if (!quoted && digits.IsEmpty)
            throw new NotBulkLoadableException(Bad);
        if (hex)
            WriteHex(digits, output);
        else
            WriteBits(digits, output);
        return 2 + digits.Length + (quoted ? 1 : 0);
    }

    static void WriteHex(ReadOnlySpan<byte> digits, FieldBuffer output)
    {
        Span<byte> bytes = stackalloc byte[512];
        if (digits.Length % 2 != 0)
        {
            output.Value([(byte)Nibble(digits[0])]);
            digits = digits[1..];
        }

        while (!digits.IsEmpty)
        {
            var part = digits[..Math.Min(digits.Length, 2 * bytes.Length)];
            if (Convert.FromHexString(part, bytes, out _, out var count) != OperationStatus.Done)
                throw new NotBulkLoadableException(Bad);
            output.Value(bytes[..count]);
            digits = digits[part.Length..];
        }
    }

    static void WriteBits(ReadOnlySpan<byte> digits, FieldBuffer output)
    {
        Span<byte> one = stackalloc byte[1];
        while (!digits.IsEmpty)
        {
            var part = digits[..(digits.Length % 8 is 0 ? 8 : digits.Length % 8)];
            var value = 0;
            foreach (var digit in part)
                value = value << 1 | (digit & 1);
            one[0] = (byte)value;
            output.Value(one);
            digits = digits[part.Length..];
        }
    }

    static int Nibble(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
