using System.Buffers.Text;
using System.Globalization;

namespace Stillframe.Masking;

/// <summary>
/// Another day of the same year; another time of day, but for midnight; another fraction. The first and last days that a TIMESTAMP or DATE can have stand for "never" and
/// "always" and stay, and the days before and after them stay there. So does a date of zeros, or with zeros in it: it tells no more than its year.
/// </summary>
sealed class DateMask(Permutation permutation) : ValueMask(permutation)
{
    const ulong SecondsOfDay = 24 * 60 * 60;

    /// <summary>Year, and the day of the year.</summary>
    static readonly (int Year, int Day)[] ends = [(1970, 1), (2038, 19), (2106, 38), (9999, 365)];

    readonly byte[] text = new byte[32];

    public override bool Write(ReadOnlySpan<byte> value, LiteralForm form, MaskedText output)
    {
        if (form != LiteralForm.Text || value.Length > 26 || value.Length is < 10 or (> 10 and < 19) || value[4] != '-' || value[7] != '-')
            return value.IsEmpty && form == LiteralForm.Text && Same(value, output);
        if (!Read(value[..4], out var year) || !Read(value[5..7], out var month) || !Read(value[8..10], out var day))
            return false;
        value.CopyTo(text);
        var isDate = year > 0 && month is > 0 and < 13 && day > 0 && day <= DateTime.DaysInMonth(year, month);
        if (isDate && !TryDay(year, new DateTime(year, month, day).DayOfYear))
            return Same(value, output);
        if (value.Length > 10 && !Time(value[10..]))
            return false;
        output.Quoted(text.AsSpan(0, value.Length));
        return true;
    }

    static bool Same(ReadOnlySpan<byte> value, MaskedText output)
    {
        output.Quoted(value);
        return true;
    }

    /// <summary>False where the day stays.</summary>
    bool TryDay(int year, int dayOfYear)
    {
        var (first, after) = (1, DateTime.IsLeapYear(year) ? 367 : 366);
        foreach (var end in ends)
        {
            if (end == (year, dayOfYear))
                return false;
            if (end.Year == year)
                (first, after) = dayOfYear < end.Day ? (first, end.Day) : (end.Day + 1, after);
        }

        var other = first + (int)permutation.Of((ulong)(dayOfYear - first), (ulong)(after - first), (ulong)year);
        _ = new DateTime(year, 1, 1).AddDays(other - 1).TryFormat(text, out _, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return true;
    }

    /// <param name="value">Such as <c> 12:34:56.000000</c>, with what parts it from the date.</param>
    bool Time(ReadOnlySpan<byte> value)
    {
        if (value[3] != ':' || value[6] != ':' || !Read(value[1..3], out var hour) || !Read(value[4..6], out var minute) || !Read(value[7..9], out var second)
            || hour > 23 || minute > 59 || second > 59)
            return false;
        var seconds = (ulong)((hour * 60 + minute) * 60 + second);
        if (seconds > 0)
            seconds = 1 + permutation.Of(seconds - 1, SecondsOfDay - 1);
        Write(seconds / 3600, text.AsSpan(11, 2));
        Write(seconds / 60 % 60, text.AsSpan(14, 2));
        Write(seconds % 60, text.AsSpan(17, 2));
        if (value.Length == 9)
            return true;
        var digits = value[10..];
        if (value[9] != '.' || !Read(digits, out var fraction))
            return false;
        var bound = (ulong)Math.Pow(10, digits.Length);
        Write(fraction == 0 ? 0 : 1 + permutation.Of((ulong)fraction - 1, bound - 1), text.AsSpan(20, digits.Length));
        return true;
    }

    static void Write(ulong number, Span<byte> target)
    {
        for (var i = target.Length - 1; i >= 0; i--, number /= 10)
            target[i] = (byte)('0' + number % 10);
    }

    static bool Read(ReadOnlySpan<byte> digits, out int number) =>
        Utf8Parser.TryParse(digits, out number, out var taken) && taken == digits.Length && digits[0] is not ((byte)'-' or (byte)'+');
}
