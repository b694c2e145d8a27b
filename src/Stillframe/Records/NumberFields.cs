using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace Stillframe.Records;

/// <summary>Integers of one to eight bytes, least significant first.</summary>
sealed class IntegerField(int size, bool isUnsigned) : RecordField
{
    readonly int unused = 64 - 8 * size; // bits

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool TryWrite(ReadOnlySpan<byte> text, RecordImage target)
    {
        long value;
        if (isUnsigned)
        {
            if (!Utf8Parser.TryParse(text, out ulong number, out var count) || count != text.Length || number > ulong.MaxValue >> unused)
                return false;
            value = (long)number;
        }
        else if (!Utf8Parser.TryParse(text, out value, out var count) || count != text.Length || value << unused >> unused != value)
        {
            return false;
        }

        target.Put((ulong)value, size);
        return true;
    }
}

/// <summary>A year in one byte, from 1900.</summary>
sealed class YearField : RecordField
{
    const int First = 1900;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool TryWrite(ReadOnlySpan<byte> text, RecordImage target)
    {
        if (text.Length != 4 || !Utf8Parser.TryParse(text, out int year, out var count) || count != text.Length || year is not (0 or (> First and <= First + byte.MaxValue)))
            return false;
        target.Take(1)[0] = (byte)(year == 0 ? 0 : year - First);
        return true;
    }
}

/// <summary>BIT: as many bytes as its bits need, the most significant first.</summary>
/// <param name="bits">At most.</param>
sealed class BitField(int bits) : RecordField
{
    readonly int size = (bits + 7) / 8;

    /// <param name="text">Its bytes, of which those that are zero may be left out.</param>
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool TryWrite(ReadOnlySpan<byte> text, RecordImage target)
    {
        text = text.TrimStart((byte)0);
        if (text.Length > size || (text.Length == size && bits % 8 > 0 && text[0] >> bits % 8 != 0))
            return false;
        var bytes = target.Take(size);
        bytes[..(size - text.Length)].Clear();
        text.CopyTo(bytes[(size - text.Length)..]);
        return true;
    }
}

/// <summary>IEEE 754, four bytes, of a text that is all that there is: a server shows six digits of one, which are not all of its value.</summary>
sealed class FloatField(bool isUnsigned) : RecordField
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool TryWrite(ReadOnlySpan<byte> text, RecordImage target)
    {
        if (!DoubleField.TryRead(text, isUnsigned, out var value) || Math.Abs(value) > float.MaxValue)
            return false;
        BinaryPrimitives.WriteSingleLittleEndian(target.Take(sizeof(float)), (float)value);
        return true;
    }
}

/// <summary>IEEE 754, eight bytes; a zero has no sign in a literal, and one in a text. A FLOAT has no such field: its text has six digits, and not all of its value.</summary>
sealed class DoubleField(bool isUnsigned) : RecordField
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool TryWrite(ReadOnlySpan<byte> text, RecordImage target)
    {
        if (!TryRead(text, isUnsigned, out var value))
            return false;
        BinaryPrimitives.WriteDoubleLittleEndian(target.Take(sizeof(double)), value);
        return true;
    }

    /// <returns>False for what is no number, not finite, or a zero with a sign.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, bool isUnsigned, out double value) =>
        Utf8Parser.TryParse(text, out value, out var count) && count == text.Length && double.IsFinite(value) && !(double.IsNegative(value) && (isUnsigned || value == 0));
}
