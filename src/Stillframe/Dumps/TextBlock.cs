using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Stillframe.Dumps;

/// <summary>
/// 64 bytes of a statement, looked at all at once: a bit of an answer for each of them, the first one's the lowest. The method is that of simdjson (Langdale and Lemire, "Parsing
/// Gigabytes of JSON per Second", 2019), for strings in single quotes with backslashes.
/// </summary>
readonly struct TextBlock
{
    public const int Size = 64;
    const ulong EvenBits = 0x5555_5555_5555_5555;
    readonly Vector256<byte> low, high;

    TextBlock(Vector256<byte> low, Vector256<byte> high) => (this.low, this.high) = (low, high);

    /// <param name="start">Of a text that has as many bytes behind the position.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TextBlock Load(ref byte start, int position)
    {
        ref var first = ref Unsafe.Add(ref start, position);
        return new(Vector256.LoadUnsafe(ref first), Vector256.LoadUnsafe(ref first, Size / 2));
    }

    /// <summary>What is left of a text, and zeros.</summary>
    public static TextBlock LoadEnd(ReadOnlySpan<byte> rest)
    {
        Span<byte> padded = stackalloc byte[Size];
        rest.CopyTo(padded);
        return Load(ref MemoryMarshal.GetReference(padded), 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Equal(byte value)
    {
        var values = Vector256.Create(value);
        return Bits(Vector256.Equals(low, values), Vector256.Equals(high, values));
    }

    /// <summary>Both ends are part of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong InRange(byte first, byte last)
    {
        var (from, width) = (Vector256.Create(first), Vector256.Create((byte)(last - first)));
        return Bits(Vector256.LessThanOrEqual(low - from, width), Vector256.LessThanOrEqual(high - from, width));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Bits(Vector256<byte> low, Vector256<byte> high) => low.ExtractMostSignificantBits() | (ulong)high.ExtractMostSignificantBits() << Size / 2;

    /// <summary>What one block tells the next: whether it begins in a string, and behind a backslash that escapes its first byte.</summary>
    public struct Carry
    {
        ulong inString, escaped;

        /// <summary>The last block ended in a string.</summary>
        public readonly bool IsInString => inString != 0;

        /// <summary>Bytes of strings with the quotes that open them. A backslash outside strings is for whoever asks to stop at: behind it nothing of this holds.</summary>
        /// <param name="quotes">Those that open or close a string; a doubled one closes it and opens it again.</param>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ulong Strings(TextBlock block, ulong backslashes, out ulong quotes)
        {
            quotes = block.Equal((byte)'\'') & ~Escaped(backslashes);
            // each bit is the parity of the quotes up to it
            var strings = quotes;
            strings ^= strings << 1;
            strings ^= strings << 2;
            strings ^= strings << 4;
            strings ^= strings << 8;
            strings ^= strings << 16;
            strings ^= strings << 32;
            strings ^= inString;
            inString = (ulong)((long)strings >> Size - 1);
            return strings;
        }

        /// <summary>Bytes behind a run of backslashes of an odd length.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        ulong Escaped(ulong backslashes)
        {
            if (backslashes == 0)
            {
                var only = escaped;
                escaped = 0;
                return only;
            }

            backslashes &= ~escaped;
            var follows = backslashes << 1 | escaped;
            var oddStarts = backslashes & ~EvenBits & ~follows;
            var evenRuns = oddStarts + backslashes;
            escaped = evenRuns < backslashes ? 1UL : 0;
            return (EvenBits ^ evenRuns << 1) & follows;
        }
    }
}
