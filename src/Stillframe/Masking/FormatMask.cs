using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using Stillframe.Dumps;

namespace Stillframe.Masking;

/// <summary>
/// Other digits, and letters, in the same places; everything else stays. Different values stay different. Letters keep their case; any other character than those of ASCII
/// becomes a letter where letters are masked.
/// </summary>
/// <param name="letters">False leaves letters alone.</param>
sealed class FormatMask(Permutation permutation, bool letters) : ValueMask(permutation)
{
    /// <summary>A part of a value is permuted at once as long as there are fewer of its kind.</summary>
    const ulong LargestPart = 1UL << 62;

    readonly List<(int Position, byte First, ulong Radix)> places = [];
    readonly List<(ulong Number, ulong Bound, int From)> parts = [];
    readonly ArrayBufferWriter<byte> text = new();
    readonly ArrayBufferWriter<byte> beyond = new(); // characters that are not of ASCII, in small letters

    public override bool Write(ReadOnlySpan<byte> value, LiteralForm form, MaskedText output)
    {
        if ((output.Modes & LexicalModes.DoubleByte) != 0 && !Ascii.IsValid(value))
            return false; // bytes that look like digits and letters may be halves of characters
        Take(value);
        var own = MemoryMarshal.AsMemory(text.WrittenMemory).Span;
        Gather(own);
        Permute();
        Spread(own);
        if (form == LiteralForm.Bytes)
            output.Hex(own);
        else
            output.Quoted(own);
        return true;
    }

    /// <summary>Copies the value, a letter for each character beyond ASCII.</summary>
    void Take(ReadOnlySpan<byte> value)
    {
        text.ResetWrittenCount();
        beyond.ResetWrittenCount();
        if (!letters || Ascii.IsValid(value))
        {
            text.Write(value);
            return;
        }

        var isUnicode = Utf8.IsValid(value);
        while (!value.IsEmpty)
        {
            if (value[0] < 0x80)
            {
                text.Write(value[..1]);
                value = value[1..];
                continue;
            }

            var taken = 1;
            var capital = false;
            if (isUnicode)
            {
                _ = Rune.DecodeFromUtf8(value, out var rune, out taken);
                capital = Rune.IsUpper(rune);
                beyond.Advance(FoldedText.Of(rune).EncodeToUtf8(beyond.GetSpan(4)));
            }
            else
            {
                beyond.Write(value[..1]);
            }

            text.Write(capital ? "A"u8 : "a"u8);
            value = value[taken..];
        }
    }

    /// <summary>The places of digits and letters, and the numbers that they are in parts of the value.</summary>
    void Gather(ReadOnlySpan<byte> own)
    {
        places.Clear();
        parts.Clear();
        var (number, bound, from) = (0UL, 1UL, 0);
        for (var i = 0; i < own.Length; i++)
        {
            (byte First, ulong Radix) kind = own[i] switch
            {
                >= (byte)'0' and <= (byte)'9' => ((byte)'0', 10),
                >= (byte)'a' and <= (byte)'z' when letters => ((byte)'a', 26),
                >= (byte)'A' and <= (byte)'Z' when letters => ((byte)'A', 26),
                _ => default,
            };
            if (kind.Radix == 0)
                continue;
            if (bound > LargestPart / kind.Radix)
            {
                parts.Add((number, bound, from));
                (number, bound, from) = (0, 1, places.Count);
            }

            places.Add((i, kind.First, kind.Radix));
            number = number * kind.Radix + (ulong)(own[i] - kind.First);
            bound *= kind.Radix;
        }

        parts.Add((number, bound, from));
    }

    /// <summary>Each part by a permutation that all the others choose: those before it as they have become, those after it as they were.</summary>
    void Permute()
    {
        var around = beyond.WrittenCount == 0 ? 0 : permutation.Mix(beyond.WrittenSpan);
        Span<ulong> others = parts.Count <= 64 ? stackalloc ulong[parts.Count + 1] : new ulong[parts.Count + 1];
        for (var i = 0; i < parts.Count; i++)
        {
            var tweak = around;
            if (parts.Count > 1)
            {
                for (var k = 0; k < parts.Count; k++)
                    others[k] = k == i ? (ulong)k : parts[k].Number;
                others[^1] = around;
                tweak = permutation.Mix(MemoryMarshal.AsBytes(others));
            }

            parts[i] = parts[i] with { Number = permutation.Of(parts[i].Number, parts[i].Bound, tweak) };
        }
    }

    void Spread(Span<byte> own)
    {
        for (var i = parts.Count - 1; i >= 0; i--)
        {
            var number = parts[i].Number;
            var end = i + 1 < parts.Count ? parts[i + 1].From : places.Count;
            for (var k = end - 1; k >= parts[i].From; k--)
            {
                var (position, first, radix) = places[k];
                own[position] = (byte)(first + (byte)(number % radix));
                number /= radix;
            }
        }
    }
}
