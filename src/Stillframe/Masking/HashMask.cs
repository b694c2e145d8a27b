namespace Stillframe.Masking;

/// <summary>
/// Characters in place of text. Values that differ only by case or by spaces at their end, which many collations hold equal, become such values again: they share the hash of
/// their <see cref="FoldedText"/>, and differ in the case of its letters.
/// </summary>
sealed class HashMask : ValueMask
{
    /// <summary>As short as 64 bits are, so that a million values become two equal ones once in 37 million builds.</summary>
    public const int ShortestHex = 16, ShortestBytes = 8, ShortestEmail = 13 + 12;

    const int LongestHex = 32, LongestLocal = 16;

    readonly KeyedHash hash;
    readonly FoldedText folded = new();
    readonly byte[] alphabet;
    readonly byte[] suffix;
    readonly int bits;
    readonly byte[] text;

    HashMask(KeyedHash hash, ReadOnlySpan<byte> alphabet, int length, ReadOnlySpan<byte> suffix)
        : base(hash)
    {
        (this.hash, this.alphabet, this.suffix) = (hash, alphabet.ToArray(), suffix.ToArray());
        bits = System.Numerics.BitOperations.Log2((uint)alphabet.Length);
        text = new byte[length + suffix.Length];
    }

    public static HashMask Hex(KeyedHash hash, int length) => new(hash, "0123456789abcdef"u8, Math.Min(length, LongestHex), []);

    /// <summary>RFC 2606 keeps example.com free: no mail to it reaches anybody.</summary>
    public static HashMask Email(KeyedHash hash, int length) => new(hash, "abcdefghijklmnopqrstuvwxyz234567"u8, Math.Min(length - 12, LongestLocal), "@example.com"u8);

    public override bool Write(ReadOnlySpan<byte> value, LiteralForm form, MaskedText output)
    {
        var plain = folded.Of(value);
        if (plain.IsEmpty)
        {
            output.Append("''"u8);
            return true;
        }

        var own = text.AsSpan(0, text.Length - suffix.Length);
        Spell(hash.Of(plain), own);
        if (!plain.SequenceEqual(value))
            Capitals(hash.Of(value), own);
        suffix.CopyTo(text.AsSpan(own.Length));
        output.Quoted(text);
        return true;
    }

    void Spell(ReadOnlySpan<byte> mac, Span<byte> target)
    {
        var (buffer, left, next) = (0u, 0, 0);
        for (var i = 0; i < target.Length; i++)
        {
            if (left < bits)
            {
                buffer = buffer << 8 | mac[next++];
                left += 8;
            }

            left -= bits;
            target[i] = alphabet[(int)(buffer >> left) & (alphabet.Length - 1)];
        }
    }

    static void Capitals(ReadOnlySpan<byte> mac, Span<byte> target)
    {
        for (var i = 0; i < target.Length; i++)
        {
            if (target[i] >= 'a' && (mac[i / 8] >> (i % 8) & 1) != 0)
                target[i] -= 0x20;
        }
    }
}
