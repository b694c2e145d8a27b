namespace Stillframe.Masking;

/// <summary>
/// Another number with the same sign and as many digits. Numbers on one side of the greatest of a type stay there, so that equal numbers in columns of several types stay equal,
/// and none is too large. Zero and minus one stay.
/// </summary>
/// <param name="decimals">Numbers have a point, which stays where it is.</param>
sealed class NumberMask(Permutation permutation, bool decimals) : ValueMask(permutation)
{
    /// <summary>That any number may have.</summary>
    public const int MostDigits = 19;

    /// <summary>Each is the first number of a range that is permuted in itself.</summary>
    static readonly ulong[] starts =
    [
        .. Enumerable.Range(0, 20).Select(digits => Enumerable.Range(0, digits).Aggregate(1UL, (power, _) => power * 10))
            .Concat([1UL << 7, 1UL << 8, 1UL << 15, 1UL << 16, 1UL << 23, 1UL << 24, 1UL << 31, 1UL << 32, 1UL << 63]).Order(),
    ];

    public override bool Write(ReadOnlySpan<byte> value, LiteralForm form, MaskedText output)
    {
        var negative = value is [(byte)'-', ..];
        var digits = negative || value is [(byte)'+', ..] ? value[1..] : value;
        var point = decimals ? digits.IndexOf((byte)'.') : -1;
        if (form == LiteralForm.Bytes || !TryRead(digits, point, out var number))
            return false;
        if (negative)
            output.Append((byte)'-');
        if (decimals)
            WriteDecimal(Other(number), digits, point, output);
        else // -1 is to the negative numbers what 0 is to the others
            output.Number(negative && number > 0 ? Other(number - 1) + 1 : Other(number));
        return true;
    }

    static bool TryRead(ReadOnlySpan<byte> digits, int point, out ulong number)
    {
        number = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            if (i == point)
                continue;
            var digit = (uint)(digits[i] - '0');
            if (digit > 9 || number > (ulong.MaxValue - digit) / 10)
                return false;
            number = number * 10 + digit;
        }

        return digits.Length > (point >= 0 ? 1 : 0);
    }

    ulong Other(ulong number)
    {
        if (number == 0)
            return 0;
        var index = Array.BinarySearch(starts, number);
        index = index < 0 ? ~index - 1 : index;
        var start = starts[index];
        var bound = index + 1 < starts.Length ? starts[index + 1] - start : ulong.MaxValue - start; // the greatest of all stays
        return number - start < bound ? start + permutation.Of(number - start, bound) : number;
    }

    /// <summary>In as many digits, with the zeros before them.</summary>
    static void WriteDecimal(ulong number, ReadOnlySpan<byte> digits, int point, MaskedText output)
    {
        Span<byte> text = stackalloc byte[digits.Length];
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            if (i == point)
            {
                text[i] = (byte)'.';
                continue;
            }

            text[i] = (byte)('0' + number % 10);
            number /= 10;
        }

        output.Append(text);
    }
}
