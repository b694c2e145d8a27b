using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Stillframe.Records;

/// <summary>DATE: three bytes, least significant first.</summary>
sealed class DateField : RecordField
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool TryWrite(ReadOnlySpan<byte> text, RecordImage target)
    {
        var reader = new TimeText(text);
        if (!reader.TryDate(out var year, out var month, out var day) || !reader.IsAtEnd || !TimeText.IsDay(year, month, day))
            return false;
        target.Put((ulong)(year << 9 | month << 5 | day), 3);
        return true;
    }
}

/// <summary>DATETIME: five bytes that sort as times do, and up to three of a fraction.</summary>
/// <remarks>sql/compat56.cc of MariaDB 10.11, as are the two below.</remarks>
sealed class DateTimeField(int digits) : RecordField
{
    const long Offset = 0x80_0000_0000;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool TryWrite(ReadOnlySpan<byte> text, RecordImage target)
    {
        if (!TimeText.TryDateAndClock(text, digits, out var date, out var clock, out var micros))
            return false;
        var (year, month, day) = date;
        var value = ((((year * 13L + month) << 5) + day) << 17) + clock + Offset;
        TimeText.Write(value, target.Take(5));
        TimeText.Write(TimeText.Scaled(micros, digits), target.Take((digits + 1) / 2));
        return true;
    }
}

/// <summary>TIMESTAMP: seconds since 1970 in four bytes, and up to three of a fraction. Its text is that of a session in UTC.</summary>
sealed class TimestampField(int digits) : RecordField
{
    static readonly int FirstDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool TryWrite(ReadOnlySpan<byte> text, RecordImage target)
    {
        if (!TimeText.TryDateAndClock(text, digits, out var date, out var clock, out var micros))
            return false;
        var (year, month, day) = date;
        var seconds = 0L;
        if (year != 0 || month != 0 || day != 0 || clock != 0 || micros != 0)
        {
            if (year is < 1970 or > 2038 || month < 1 || day < 1)
                return false;
            seconds = (new DateOnly(year, month, day).DayNumber - FirstDay) * 86400L + (clock >> 12) * 3600 + (clock >> 6 & 63) * 60 + (clock & 63);
            if (seconds > int.MaxValue || (seconds == 0 && micros == 0))
                return false;
        }

        BinaryPrimitives.WriteUInt32BigEndian(target.Take(sizeof(uint)), (uint)seconds);
        TimeText.Write(TimeText.Scaled(micros, digits), target.Take((digits + 1) / 2));
        return true;
    }
}

/// <summary>TIME: three bytes that sort as times do, and up to three of a fraction; before midnight, both count down together.</summary>
sealed class TimeField(int digits) : RecordField
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool TryWrite(ReadOnlySpan<byte> text, RecordImage target)
    {
        var reader = new TimeText(text);
        var isNegative = reader.TryTake((byte)'-');
        if (!reader.TryClock(3, 838, out var clock) || !reader.TryFraction(digits, out var micros) || !reader.IsAtEnd)
            return false;
        var scaled = TimeText.Scaled(micros, digits);
        var bits = (digits + 1) / 2 * 8;
        var value = ((long)clock << bits) + scaled;
        TimeText.Write((0x80_0000L << bits) + (isNegative ? -value : value), target.Take(3 + bits / 8));
        return true;
    }
}
