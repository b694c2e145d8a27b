using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Stillframe.Dumps;

/// <summary>
/// Finds parentheses outside strings, and whatever else than literals as a dump tool writes them, 64 bytes at a time: strings in single quotes, decimal numbers and <c>NULL</c> are gone over.
/// </summary>
ref struct TupleCursor
{
    readonly ReadOnlySpan<byte> text;
    TextBlock.Carry carry;
    int block;

    /// <summary>Bytes at which to stop, of the block.</summary>
    ulong stops;

    /// <summary>Letters of NULL at the start of the next block.</summary>
    ulong word;

    /// <param name="position">Outside strings.</param>
    public TupleCursor(ReadOnlySpan<byte> text, int position)
    {
        this.text = text;
        block = position;
        Look();
    }

    /// <summary>The next place to stop at, or -1 at the end of the text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Next()
    {
        while (stops == 0)
        {
            block += TextBlock.Size;
            if (block >= text.Length)
                return -1;
            Look();
        }

        var place = BitOperations.TrailingZeroCount(stops);
        stops &= stops - 1;
        return block + place;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Look()
    {
        var left = text.Length - block;
        var bytes = left >= TextBlock.Size ? TextBlock.Load(ref MemoryMarshal.GetReference(text), block) : TextBlock.LoadEnd(text[block..]);
        var strings = carry.Strings(bytes, bytes.Equal((byte)'\\'), out var quotes);
        // + , - . / and digits are neighbours
        var plain = bytes.InRange((byte)'+', (byte)'9') & ~bytes.Equal((byte)'/');
        stops = ~(strings | quotes | plain | word);
        word = 0;
        if (left < TextBlock.Size)
            stops &= (1UL << left) - 1;
        if ((bytes.Equal((byte)'N') & stops) is var letters and not 0)
            PassNulls(letters);
    }

    /// <summary>Takes <c>NULL</c> out of the stops where it is a value.</summary>
    void PassNulls(ulong letters)
    {
        for (; letters != 0; letters &= letters - 1)
        {
            var place = BitOperations.TrailingZeroCount(letters);
            if (text[(block + place)..] is not [(byte)'N', (byte)'U', (byte)'L', (byte)'L', (byte)',' or (byte)')', ..])
                continue;
            stops &= ~(0xFUL << place);
            word = place > TextBlock.Size - 4 ? 0xFUL >> TextBlock.Size - place : 0;
        }
    }
}
