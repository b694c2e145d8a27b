namespace Stillframe.Dumps;

/// <summary>
/// Strings in the character sets in which a backslash may be the second byte of a character: there it escapes nothing
/// (<see href="https://mariadb.com/kb/en/supported-character-sets-and-collations/"/>).
/// </summary>
internal static class DoubleByteText
{
    /// <summary>Whether these two bytes are one character.</summary>
    public static bool IsPair(byte lead, byte trail, LexicalModes modes) =>
        (modes & LexicalModes.DoubleByte) switch
        {
            LexicalModes.Gbk => lead is >= 0x81 and <= 0xFE && trail is (>= 0x40 and <= 0x7E) or (>= 0x80 and <= 0xFE),
            LexicalModes.Sjis => lead is (>= 0x81 and <= 0x9F) or (>= 0xE0 and <= 0xFC) && trail is (>= 0x40 and <= 0x7E) or (>= 0x80 and <= 0xFC),
            LexicalModes.Big5 => lead is >= 0xA1 and <= 0xF9 && trail is (>= 0x40 and <= 0x7E) or (>= 0xA1 and <= 0xFE),
            _ => false,
        };

    /// <summary>The mode of a character set by its name; none where a backslash is never part of a character.</summary>
    public static LexicalModes ModeOf(string charset) => charset.ToUpperInvariant() switch
    {
        "GBK" => LexicalModes.Gbk,
        "SJIS" or "CP932" => LexicalModes.Sjis,
        "BIG5" => LexicalModes.Big5,
        _ => LexicalModes.None,
    };

    /// <inheritdoc cref="Lexical.SkipQuoted"/>
    public static int SkipQuoted(ReadOnlySpan<byte> text, int start, LexicalModes modes)
    {
        var quote = text[start];
        var position = start + 1;
        while (position < text.Length)
        {
            var current = text[position];
            if (current >= 0x80 && position + 1 < text.Length && IsPair(current, text[position + 1], modes))
                position += 2;
            else if (current == '\\')
            {
                position += 2;
                if (position > text.Length)
                    return -1;
            }
            else if (current != quote)
                position++;
            else if (position + 1 < text.Length && text[position + 1] == quote)
                position += 2;
            else
                return position + 1;
        }

        return -1;
    }
}
