using System.Globalization;
using System.Text;

namespace Stillframe.Tablespaces;

/// <summary>The weights that a collation gives characters of the basic plane, as the server's own WEIGHT_STRING says.</summary>
sealed class CollationWeights
{
    public const int Characters = 0x10000;

    /// <summary>Blocks of characters that stand for themselves, first and last: Latin, Greek and Cyrillic; punctuation and signs; kana and CJK; Hangul; wide forms.</summary>
    static readonly (char First, char Last)[] Alone = [('\0', '\u058f'), ('\u1e00', '\u2bff'), ('\u3000', '\ua48f'), ('\uac00', '\ud7a3'), ('\uff01', '\uffef')];

    /// <summary>And what in them may join another: combining marks, and the dot of Catalan.</summary>
    static readonly (char First, char Last)[] Joining = [('\u00b7', '\u00b7'), ('\u0300', '\u036f'), ('\u0387', '\u0387'), ('\u0483', '\u0489'), ('\u20d0', '\u20ff'), ('\u302a', '\u302f'), ('\u3099', '\u309a')];

    readonly ushort[] weights;
    readonly int[] starts = new int[Characters + 1];
    readonly bool isSimple;

    /// <param name="hex">For each character, in hexadecimal digits.</param>
    /// <param name="isSimple">Whether a character has one weight, whatever stands beside it: as in general_ci, and not in those that follow Unicode's algorithm.</param>
    public CollationWeights(IReadOnlyList<string> hex, bool isSimple)
    {
        this.isSimple = isSimple;
        var all = new List<ushort>(hex.Count);
        for (var character = 0; character < Characters; character++)
        {
            // two bytes each, or one for all
            for (var digit = 0; digit < hex[character].Length; digit += 4)
                all.Add(ushort.Parse(hex[character].AsSpan(digit, Math.Min(4, hex[character].Length - digit)), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            starts[character + 1] = all.Count;
        }

        weights = [.. all];
    }

    /// <summary>Of a space.</summary>
    public ushort Space => weights[starts[' ']];

    /// <returns>False for text with characters whose weight may depend on others.</returns>
    public bool TryWeigh(ReadOnlySpan<byte> utf8, List<ushort> target)
    {
        while (!utf8.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(utf8, out var rune, out var count) != System.Buffers.OperationStatus.Done)
                return false;
            utf8 = utf8[count..];
            if (rune.Value >= Characters)
            {
                if (!isSimple)
                    return false;
                target.Add((ushort)Rune.ReplacementChar.Value);
                continue;
            }

            var character = (char)rune.Value;
            if (!isSimple && (!IsIn(Alone, character) || IsIn(Joining, character)))
                return false;
            for (var i = starts[character]; i < starts[character + 1]; i++)
                target.Add(weights[i]);
        }

        return true;
    }

    static bool IsIn((char First, char Last)[] blocks, char character)
    {
        foreach (var (first, last) in blocks)
        {
            if (character >= first && character <= last)
                return true;
        }

        return false;
    }
}

/// <summary>Text by a collation that ignores differences.</summary>
sealed class CollatedOrdering(CollationWeights collation) : PaddedOrdering(collation.Space)
{
    /// <inheritdoc/>
    protected override bool TryWeigh(ReadOnlySpan<byte> value, List<ushort> weights) => collation.TryWeigh(value, weights);
}
