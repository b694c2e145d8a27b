using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace Stillframe.Records;

/// <summary>DECIMAL: nine digits in four bytes, fewer in fewer; of a negative number all bits are turned, and the first bit of all again, so that bytes sort as numbers.</summary>
/// <remarks>strings/decimal.c of MariaDB 10.11, <c>decimal2bin</c>.</remarks>
sealed class DecimalField(int precision, int scale, bool isUnsigned) : RecordField
{
    const int Group = 9;

    static readonly int[] SizeOf = [0, 1, 1, 2, 2, 3, 3, 4, 4, 4];

    readonly int whole = precision - scale;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool TryWrite(ReadOnlySpan<byte> text, RecordImage target)
    {
        var isNegative = text.Length > 0 && text[0] == (byte)'-';
        if (isNegative)
            text = text[1..];
        var point = text.IndexOf((byte)'.');
        var left = (point < 0 ? text : text[..point]).TrimStart((byte)'0');
        var right = point < 0 ? [] : text[(point + 1)..];
        if (left.Length > whole || right.Length > scale || text.Length == 0 || point == 0 || point == text.Length - 1)
            return false;
        // all digits, with zeros before and behind them
        Span<byte> digits = stackalloc byte[precision];
        digits[..(whole - left.Length)].Fill((byte)'0');
        left.CopyTo(digits[(whole - left.Length)..]);
        right.CopyTo(digits[whole..]);
        digits[(whole + right.Length)..].Fill((byte)'0');
        if (digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return false;
        isNegative &= digits.ContainsAnyExcept((byte)'0');
        return !(isNegative && isUnsigned) && Write(digits, isNegative, target);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    bool Write(ReadOnlySpan<byte> digits, bool isNegative, RecordImage target)
    {
        var turned = isNegative ? uint.MaxValue : 0;
        var isFirst = true;
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        for (var start = 0; start < digits.Length;)
        {
            // the group that is not whole comes first before the point, and last behind it
            var count = start == 0 && whole % Group > 0 ? whole % Group : Math.Min(Group, (start < whole ? whole : digits.Length) - start);
            if (!Utf8Parser.TryParse(digits.Slice(start, count), out uint number, out var parsed) || parsed != count)
                return false;
            BinaryPrimitives.WriteUInt32BigEndian(bytes, number ^ turned);
            var size = SizeOf[count];
            if (isFirst)
                bytes[^size] ^= 0x80;
            isFirst = false;
            bytes[^size..].CopyTo(target.Take(size));
            start += count;
        }

        return true;
    }
}
