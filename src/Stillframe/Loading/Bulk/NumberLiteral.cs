using System.Runtime.CompilerServices;

namespace Stillframe.Loading.Bulk;

/// <summary>Numbers without quotes.</summary>
static class NumberLiteral
{
    // beyond these the server's parser rounds where its reader of fields does not
    const int Digits = 65;
    const int Decimals = 38;

    /// <summary>Writes the number as a field's value.</summary>
    /// <param name="text">Begins with its sign or first digit.</param>
    /// <returns>Bytes taken; 0 where it is none that means the same as text.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Write(ReadOnlySpan<byte> text, ColumnRule rule, FieldBuffer output)
    {
        var start = text[0] == '-' ? 1 : 0;
        var position = start + CountDigits(text[start..]);
        var digits = position - start;
        var integer = true;
        var zero = text[start..position].IndexOfAnyExcept((byte)'0') < 0;
        if (position < text.Length && text[position] == '.')
        {
            var decimals = CountDigits(text[(position + 1)..]);
            zero &= text.Slice(position + 1, decimals).IndexOfAnyExcept((byte)'0') < 0;
            if (decimals > Decimals)
                return 0;
            (integer, digits, position) = (false, digits + decimals, position + 1 + decimals);
        }

        if (digits is 0 or > Digits)
            return 0;
        if (position < text.Length && (text[position] | 0x20) == 'e')
        {
            var exponent = Exponent(text[position..]);
            if (exponent == 0 || rule.Numbers != Numbers.Floats)
                return 0;
            output.Raw(text[..(position + exponent)]);
            return position + exponent;
        }

        if (!Allows(rule, integer, text[..position]) || (zero && !rule.Zero))
            return 0;
        // exact literals know no negative zero, text for a DOUBLE does
        output.Raw(zero && start > 0 ? "0"u8 : text[..position]);
        return position;
    }

    static bool Allows(ColumnRule rule, bool integer, ReadOnlySpan<byte> number) => rule.Numbers switch
    {
        Numbers.Integers => integer,
        Numbers.Decimals or Numbers.Floats => true,
        Numbers.Years => integer && number.Length == 4 && (number[0] is (byte)'1' or (byte)'2' || number.SequenceEqual("0000"u8)),
        _ => false,
    };

    static int Exponent(ReadOnlySpan<byte> text)
    {
        var sign = text.Length > 1 && text[1] is (byte)'-' or (byte)'+' ? 2 : 1;
        var digits = CountDigits(text[sign..]);
        return digits is 0 or > 4 ? 0 : sign + digits;
    }

    static int CountDigits(ReadOnlySpan<byte> text)
    {
        var count = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return count < 0 ? text.Length : count;
    }
}
