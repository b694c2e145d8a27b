using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Stillframe.Dumps;

/// <summary>Goes over strings in single quotes, and over what stands between them, to where a scan for the end of a statement has to look closer.</summary>
static class StringSkipper
{
    /// <summary>Whether strings are such as are gone over here: with backslashes, and with none that is half of a character.</summary>
    public static bool Knows(LexicalModes modes) => (modes & (LexicalModes.NoBackslashEscapes | LexicalModes.DoubleByte)) == 0;

    /// <param name="text">Begins outside strings and comments.</param>
    /// <returns>The place of the first byte outside strings that may end a statement, open a comment, a string in other quotes or a name; where there is none, one outside strings near the text's end.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Skip(ReadOnlySpan<byte> text)
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        var carry = default(TextBlock.Carry);
        var (position, lastQuote) = (0, 0);
        for (; position + TextBlock.Size <= text.Length; position += TextBlock.Size)
        {
            var block = TextBlock.Load(ref start, position);
            var backslashes = block.Equal((byte)'\\');
            var strings = carry.Strings(block, backslashes, out var quotes);
            if (quotes != 0)
                lastQuote = position + BitOperations.Log2(quotes);
            var dashes = block.Equal((byte)'-');
            var stops = backslashes | block.Equal((byte)';') | block.Equal((byte)'"') | block.Equal((byte)'`') | block.Equal((byte)'#') | block.Equal((byte)'/') | dashes & (dashes >> 1 | 1UL << TextBlock.Size - 1);
            if ((stops & ~strings) is var first and not 0)
                return position + BitOperations.TrailingZeroCount(first);
        }

        return carry.IsInString ? lastQuote : position;
    }
}
