namespace Stillframe.Records;

/// <summary>Reads dates and times as a server shows them.</summary>
ref struct TimeText(ReadOnlySpan<byte> text)
{
    ReadOnlySpan<byte> rest = text;

    public readonly bool IsAtEnd => rest.Length == 0;

    /// <summary>Writes the last bytes of a value, the most significant first.</summary>
    public static void Write(long value, Span<byte> target)
    {
        for (var i = target.Length; i-- > 0; value >>= 8)
            target[i] = (byte)value;
    }

    /// <summary>A fraction as it is kept: in hundredths, ten thousandths or millionths of a second.</summary>
    public static int Scaled(int micros, int digits) => digits switch { 0 => 0, 1 or 2 => micros / 10_000, 3 or 4 => micros / 100, _ => micros };

    /// <summary>Whether a server takes it, unless it was told to take more or less: each part may be zero (sql-common/my_time.c, <c>check_date</c>).</summary>
    public static bool IsDay(int year, int month, int day) =>
        month <= 12 && day <= 31 && (month == 0 || day <= DateTime.DaysInMonth(Math.Max(year, 1), month));

    /// <summary>All of a text with a date, the time of day, and a fraction of a second.</summary>
    public static bool TryDateAndClock(ReadOnlySpan<byte> text, int digits, out (int Year, int Month, int Day) date, out int clock, out int micros)
    {
        (clock, micros) = (0, 0);
        var reader = new TimeText(text);
        var isRead = reader.TryDate(out date.Year, out date.Month, out date.Day) && IsDay(date.Year, date.Month, date.Day);
        return isRead && reader.TryTake((byte)' ') && reader.TryClock(2, 23, out clock) && reader.TryFraction(digits, out micros) && reader.IsAtEnd;
    }

    public bool TryDate(out int year, out int month, out int day)
    {
        (month, day) = (0, 0);
        return TryNumber(4, out year) && TryTake((byte)'-') && TryNumber(2, out month) && TryTake((byte)'-') && TryNumber(2, out day);
    }

    /// <summary>Hours, minutes and seconds, six bits each for the latter two.</summary>
    /// <param name="digits">Of the hours at most; at least they have two.</param>
    /// <param name="most">Hours at most.</param>
    public bool TryClock(int digits, int most, out int clock)
    {
        clock = 0;
        var count = digits > 2 && rest.Length > 2 && rest[2] != (byte)':' ? digits : 2;
        if (!TryNumber(count, out var hours) || !TryTake((byte)':') || !TryNumber(2, out var minutes) || !TryTake((byte)':') || !TryNumber(2, out var seconds))
            return false;
        if (hours > most || minutes > 59 || seconds > 59)
            return false;
        clock = hours << 12 | minutes << 6 | seconds;
        return true;
    }

    public bool TryFraction(int digits, out int micros)
    {
        micros = 0;
        if (digits == 0)
            return true;
        if (!TryTake((byte)'.') || !TryNumber(digits, out micros))
            return false;
        for (var i = digits; i < 6; i++)
            micros *= 10;
        return true;
    }

    public bool TryTake(byte one)
    {
        if (rest.Length == 0 || rest[0] != one)
            return false;
        rest = rest[1..];
        return true;
    }

    bool TryNumber(int digits, out int number)
    {
        number = 0;
        if (rest.Length < digits)
            return false;
        for (var i = 0; i < digits; i++)
        {
            if (!char.IsAsciiDigit((char)rest[i]))
                return false;
            number = number * 10 + rest[i] - '0';
        }

        rest = rest[digits..];
        return true;
    }
}
