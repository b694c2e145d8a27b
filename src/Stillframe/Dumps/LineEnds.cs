using System.Buffers;

namespace Stillframe.Dumps;

/// <summary>
/// The server's own client reads lines, and gives each a bare line feed as its end, in strings and bodies of routines, too. Where that makes a
/// difference a dump is read in the same way. (Tools write line ends in strings as <c>\r\n</c>, which stay.)
/// </summary>
internal static class LineEnds
{
    /// <returns>The same bytes where every line ends with a line feed alone.</returns>
    public static ReadOnlyMemory<byte> Normalize(ReadOnlyMemory<byte> statement)
    {
        var text = statement.Span;
        var index = text.IndexOf("\r\n"u8);
        if (index < 0)
            return statement;
        var target = new ArrayBufferWriter<byte>(text.Length);
        for (; index >= 0; index = text.IndexOf("\r\n"u8))
        {
            target.Write(text[..index]);
            text = text[(index + 1)..];
        }

        target.Write(text);
        return target.WrittenMemory;
    }

    /// <summary>Whether one stands between quotes.</summary>
    public static bool AreInQuotes(ReadOnlySpan<byte> text, LexicalModes modes)
    {
        if (text.IndexOf("\r\n"u8) < 0)
            return false;
        var tokens = new SqlTokens(text, modes);
        while (tokens.MoveNext())
        {
            if (tokens.Kind is TokenKind.String or TokenKind.QuotedName && tokens.Bytes.IndexOf("\r\n"u8) >= 0)
                return true;
        }

        return false;
    }
}
