using System.Buffers;
using System.Globalization;

namespace Stillframe.Dumps;

/// <summary>
/// A statement without its version comments: what the server runs of them stands as plain text, the rest is gone
/// (<see href="https://mariadb.com/kb/en/comment-syntax/"/>). A server is sent just what was judged, so it can't read a comment in another way.
/// </summary>
internal static class VersionCommentText
{
    /// <summary>The oldest release that frames are made of; every comment up to it is run by all of them.</summary>
    const int OldestServer = 101100;

    const int AfterLast = 200000;

    /// <summary>Likewise of MySQL, the last but a few of its series 8.0.</summary>
    const int OldestMySql = 80040;

    const int AfterLastMySql = 100000;

    /// <returns>The same bytes where there are no such comments.</returns>
    /// <exception cref="StillframeException">SF1006 where it depends on the server's release what is run.</exception>
    public static ReadOnlyMemory<byte> Resolve(ReadOnlyMemory<byte> statement, LexicalModes modes, SourceLocation location)
    {
        var text = statement.Span;
        if (text.IndexOf("/*!"u8) < 0 && text.IndexOf("/*M!"u8) < 0)
            return statement;
        var target = new ArrayBufferWriter<byte>(text.Length);
        var position = 0;
        var depth = 0;
        while (position < text.Length)
        {
            var rest = text[position..];
            var first = rest[0];
            int length;
            if (first is (byte)'\'' or (byte)'"' or (byte)'`')
                length = Quoted(text, position, modes) - position;
            else if (first is (byte)'#' or (byte)'-' && Lexical.IsLineComment(rest))
                length = Lexical.SkipLine(text, position) - position;
            else if (first == '/' && Lexical.VersionCommentStart(rest, out var version) is var start and > 0)
            {
                Require(version, modes, location);
                var isRun = Lexical.IsRun(version, rest[2] == 'M', modes);
                depth += isRun ? 1 : 0;
                position = isRun ? position + start : Lexical.SkipUnrunComment(text, position);
                Separate(target);
                continue;
            }
            else if (rest.StartsWith("/*"u8))
                length = Lexical.SkipBlockComment(text, position) - position;
            else if (depth > 0 && rest.StartsWith("*/"u8))
            {
                depth--;
                position += 2;
                Separate(target);
                continue;
            }
            else
                length = 1;

            target.Write(rest[..length]);
            position += length;
        }

        return Trim(target.WrittenMemory);
    }

    /// <summary>Whether there is a version comment outside of strings.</summary>
    public static bool IsIn(ReadOnlySpan<byte> text, LexicalModes modes)
    {
        if (text.IndexOf("/*!"u8) < 0 && text.IndexOf("/*M!"u8) < 0)
            return false;
        var tokens = new SqlTokens(text, modes);
        while (!tokens.SawVersionComment && tokens.MoveNext())
        {
        }

        return tokens.SawVersionComment;
    }

    static int Quoted(ReadOnlySpan<byte> text, int position, LexicalModes modes)
    {
        var end = Lexical.SkipQuoted(text, position, modes);
        return end < 0 ? text.Length : end;
    }

    static void Require(int version, LexicalModes modes, SourceLocation location)
    {
        var isMySql = modes.HasFlag(LexicalModes.MySql);
        if (isMySql ? version is > OldestMySql and < AfterLastMySql : version is > OldestServer and < AfterLast)
            throw new StillframeException(
                ErrorCodes.StatementRefused,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"A version comment, /*!{version} … */, is run by some {(isMySql ? "MySQL" : "MariaDB")} servers and not by others. Take it out of the dump, or its content out of the comment."),
                location);
    }

    /// <summary>What stood on both sides of a comment's mark stays two words.</summary>
    static void Separate(ArrayBufferWriter<byte> target)
    {
        if (target.WrittenCount > 0 && !Lexical.IsSpace(target.WrittenSpan[^1]))
            target.Write(" "u8);
    }

    static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> text)
    {
        var start = text.Span.IndexOfAnyExcept(Lexical.Spaces);
        return start < 0 ? default : text[start..(text.Span.LastIndexOfAnyExcept(Lexical.Spaces) + 1)];
    }
}
