using System.Buffers;
using System.Runtime.CompilerServices;

namespace Stillframe.Dumps;

/// <summary>What bytes mean to a server's lexer (<see href="https://dev.mysql.com/doc/refman/8.4/en/lexical-structure.html"/>).</summary>
internal static class Lexical
{
    public static readonly SearchValues<byte> Spaces = SearchValues.Create(" \t\r\n\v\f"u8);

    static readonly SearchValues<byte> WordBytes = SearchValues.Create(
        [.. "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$"u8, .. Enumerable.Range(128, 128).Select(b => (byte)b)]);

    public static bool IsSpace(byte value) => value is (byte)' ' or >= (byte)'\t' and <= (byte)'\r';

    public static bool IsWord(byte value) => WordBytes.Contains(value);

    public static int WordLength(ReadOnlySpan<byte> text)
    {
        var length = text.IndexOfAnyExcept(WordBytes);
        return length < 0 ? text.Length : length;
    }

    /// <summary>Whether a backslash escapes what follows it between such quotes.</summary>
    public static bool Escapes(byte quote, LexicalModes modes) => quote switch
    {
        (byte)'\'' => !modes.HasFlag(LexicalModes.NoBackslashEscapes),
        (byte)'"' => (modes & (LexicalModes.NoBackslashEscapes | LexicalModes.AnsiQuotes)) == 0,
        _ => false,
    };

    /// <summary>The byte that is meant by the one behind a backslash (<see href="https://mariadb.com/kb/en/string-literals/"/>).</summary>
    public static byte Unescaped(byte escaped) => escaped switch
    {
        (byte)'0' => 0,
        (byte)'b' => (byte)'\b',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        (byte)'Z' => 26,
        _ => escaped,
    };

    /// <summary>The position after the string or quoted name that starts at <paramref name="start"/>, or -1 where it does not end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int SkipQuoted(ReadOnlySpan<byte> text, int start, LexicalModes modes)
    {
        var quote = text[start];
        var escapes = Escapes(quote, modes);
        if (escapes && (modes & LexicalModes.DoubleByte) != 0)
            return DoubleByteText.SkipQuoted(text, start, modes);
        var position = start + 1;
        while (true)
        {
            var rest = text[position..];
            var index = escapes ? rest.IndexOfAny(quote, (byte)'\\') : rest.IndexOf(quote);
            if (index < 0)
                return -1;
            position += index + 1;
            if (rest[index] == '\\')
            {
                if (position++ >= text.Length)
                    return -1;
            }
            else if (position < text.Length && text[position] == quote)
                position++; // doubled: still inside
            else
                return position;
        }
    }

    /// <summary><c>#</c>, or <c>--</c> and then white space, a control byte or the end.</summary>
    public static bool IsLineComment(ReadOnlySpan<byte> text) =>
        text[0] == '#' || (text.StartsWith("--"u8) && (text.Length == 2 || text[2] <= ' '));

    /// <summary>The position after the line that <paramref name="start"/> is in.</summary>
    public static int SkipLine(ReadOnlySpan<byte> text, int start)
    {
        var index = text[start..].IndexOf((byte)'\n');
        return index < 0 ? text.Length : start + index + 1;
    }

    /// <summary>The position after a plain comment that starts at <paramref name="start"/>; the end where it is open.</summary>
    public static int SkipBlockComment(ReadOnlySpan<byte> text, int start)
    {
        var index = text[(start + 2)..].IndexOf("*/"u8);
        return index < 0 ? text.Length : start + index + 4;
    }

    /// <summary>
    /// The position after a version comment that is not run. A server skips it as bare bytes, strings and all, to the first end that is not
    /// that of one comment inside it.
    /// </summary>
    public static int SkipUnrunComment(ReadOnlySpan<byte> text, int start)
    {
        var position = start + 2;
        while (true)
        {
            var index = text[position..].IndexOfAny((byte)'*', (byte)'/');
            if (index < 0 || position + index + 1 >= text.Length)
                return text.Length;
            position += index;
            if (text[position..].StartsWith("*/"u8))
                return position + 2;
            position = text[position..].StartsWith("/*"u8) ? SkipBlockComment(text, position) : position + 1;
        }
    }

    /// <summary>
    /// Length of the start of a version comment, <c>/*!40101</c>, <c>/*!</c> or <c>/*M!100100</c>; 0 where there is none.
    /// </summary>
    public static int VersionCommentStart(ReadOnlySpan<byte> text, out int version)
    {
        version = 0;
        var length = text.StartsWith("/*!"u8) ? 3 : text.StartsWith("/*M!"u8) ? 4 : 0;
        if (length == 0)
            return 0;
        var digits = text[length..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        digits = digits < 0 ? text.Length - length : digits;
        if (digits >= 5)
        {
            digits = Math.Min(digits, 6);
            foreach (var digit in text.Slice(length, digits))
                version = version * 10 + (digit - '0');
            length += digits;
        }

        return length;
    }

    /// <summary>
    /// Whether the server runs what is in such a comment. MariaDB leaves out MySQL's 5.7 to 9.x (<see href="https://mariadb.com/kb/en/comment-syntax/"/>), MySQL whatever is
    /// MariaDB's (MySQL Reference Manual, "Comments"); 999999 is for no server at all.
    /// </summary>
    public static bool IsRun(int version, bool mariaDbOnly, LexicalModes modes) => modes.HasFlag(LexicalModes.MySql)
        ? !mariaDbOnly && version < 100000
        : version < 50700 || (version is >= 100000 and < 200000) || (mariaDbOnly && version < 100000);
}
