using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Stillframe.Masking;

/// <summary>Text as most collations compare it: in small letters and without spaces at its end.</summary>
sealed class FoldedText
{
    static readonly SearchValues<byte> NotFolded = SearchValues.Create([.. "ABCDEFGHIJKLMNOPQRSTUVWXYZ"u8, .. Enumerable.Range(128, 128).Select(b => (byte)b)]);

    byte[] bytes = new byte[256];

    /// <returns>The value itself where it is folded already; else until the next call. What is no UTF-8 is taken as ASCII and other bytes.</returns>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> value)
    {
        value = value.TrimEnd((byte)' ');
        var first = value.IndexOfAny(NotFolded);
        if (first < 0)
            return value;
        if (bytes.Length < 2 * value.Length)
            bytes = new byte[4 * value.Length];
        value[..first].CopyTo(bytes);
        return bytes.AsSpan(0, first + (Ascii.IsValid(value) || !Utf8.IsValid(value) ? Small(value[first..], bytes.AsSpan(first)) : Unicode(value[first..], bytes.AsSpan(first))));
    }

    /// <summary>In both cases, since some letters of one case share one of the other.</summary>
    public static Rune Of(Rune rune) => Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune));

    static int Small(ReadOnlySpan<byte> value, Span<byte> target)
    {
        for (var i = 0; i < value.Length; i++)
            target[i] = value[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(value[i] | 0x20) : value[i];
        return value.Length;
    }

    static int Unicode(ReadOnlySpan<byte> value, Span<byte> target)
    {
        var length = 0;
        while (!value.IsEmpty)
        {
            _ = Rune.DecodeFromUtf8(value, out var rune, out var taken);
            length += Of(rune).EncodeToUtf8(target[length..]);
            value = value[taken..];
        }

        return length;
    }
}
