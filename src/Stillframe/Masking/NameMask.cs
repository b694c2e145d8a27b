using System.Text;

namespace Stillframe.Masking;

/// <summary>
/// A made-up word for each word, so that a full name is still made of the same first and last ones. Two words become the same one once in 17 million pairs; the words are
/// nobody's, so that none of them is one of the names that are to be hidden.
/// </summary>
sealed class NameMask(KeyedHash hash, int length) : ValueMask(hash)
{
    const int Syllables = 4;

    readonly FoldedText folded = new();
    readonly byte[] text = new byte[Math.Min(length, 1 << 16)];

    public override bool Write(ReadOnlySpan<byte> value, LiteralForm form, MaskedText output)
    {
        var written = 0;
        foreach (var range in value.Split((byte)' '))
        {
            var word = value[range];
            if (word.IsEmpty)
                continue;
            if (written > 0 && written < text.Length)
                text[written++] = (byte)' ';
            written += Spell(word, text.AsSpan(written));
        }

        output.Quoted(text.AsSpan(0, written).TrimEnd((byte)' '));
        return true;
    }

    int Spell(ReadOnlySpan<byte> word, Span<byte> target)
    {
        var mac = hash.Of(folded.Of(word));
        var (capital, capitals) = Case(word);
        var length = Math.Min(2 * Syllables, target.Length);
        for (var i = 0; i < length; i++)
        {
            var letter = i % 2 == 0 ? "bdfghjklmnprstvz"u8[mac[i / 2] & 15] : "aeio"u8[mac[i / 2] >> 4 & 3];
            target[i] = capitals || (capital && i == 0) ? (byte)(letter - 0x20) : letter;
        }

        return length;
    }

    static (bool First, bool All) Case(ReadOnlySpan<byte> word)
    {
        _ = Rune.DecodeFromUtf8(word, out var first, out var taken);
        if (!Rune.IsUpper(first))
            return (false, false);
        var rest = word[taken..];
        return (true, !rest.IsEmpty && rest.IndexOfAnyInRange((byte)'a', (byte)'z') < 0);
    }
}
