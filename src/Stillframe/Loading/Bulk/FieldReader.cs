using System.Buffers;
using System.Runtime.CompilerServices;
using Stillframe.Dumps;

namespace Stillframe.Loading.Bulk;

/// <summary>Reads what a <see cref="FieldBuffer"/> has, as the server's <c>LOAD DATA</c> does.</summary>
sealed class FieldReader
{
    static readonly SearchValues<byte> ends = SearchValues.Create("\t\n\\"u8);

    byte[] unescaped = new byte[1 << 12];

    /// <param name="lines">Of which the field is cut off.</param>
    /// <param name="isNull">Whether it is NULL.</param>
    /// <returns>Its value, valid until the next is read.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> lines, out bool isNull)
    {
        isNull = false;
        var length = lines.IndexOfAny(ends);
        if (lines[length] == (byte)'\\')
            return Escaped(ref lines, length, out isNull);
        var value = lines[..length];
        lines = lines[(length + 1)..];
        return value;
    }

    ReadOnlySpan<byte> Escaped(ref ReadOnlySpan<byte> lines, int length, out bool isNull)
    {
        isNull = length == 0 && lines[1] == (byte)'N' && lines[2] is ((byte)'\t' or (byte)'\n');
        var count = 0;
        while (true)
        {
            if (unescaped.Length < count + length + 1)
                Array.Resize(ref unescaped, Math.Max(unescaped.Length * 2, count + length + 1));
            lines[..length].CopyTo(unescaped.AsSpan(count));
            count += length;
            var end = lines[length];
            lines = lines[(length + 1)..];
            if (end != (byte)'\\')
                return unescaped.AsSpan(0, count);
            unescaped[count++] = Lexical.Unescaped(lines[0]);
            lines = lines[1..];
            length = lines.IndexOfAny(ends);
        }
    }
}
