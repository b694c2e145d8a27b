using System.Text;

namespace Stillframe.Dumps;

internal enum TokenKind
{
    End,
    /// <summary>A keyword, name or number.</summary>
    Word,
    /// <summary>`name`, or "name" with ANSI_QUOTES.</summary>
    QuotedName,
    String,
    Symbol,
    /// <summary>Start or end of a version comment that not every server runs (only with <see cref="VersionComments.Marked"/>).</summary>
    VersionMark,
}

/// <summary>What becomes of version comments.</summary>
internal enum VersionComments
{
    /// <summary>As the server takes them that is to read the text.</summary>
    Server,
    /// <summary>All are run.</summary>
    All,
    /// <summary>None is run.</summary>
    None,
    /// <summary>All are run, and those that not every server runs show as tokens.</summary>
    Marked,
}

/// <summary>Goes over the tokens of one statement; comments and white space are left out.</summary>
internal ref struct SqlTokens(ReadOnlySpan<byte> text, LexicalModes modes, VersionComments versions = VersionComments.Server)
{
    readonly ReadOnlySpan<byte> statement = text;
    int position;
    int depth; // of version comments
    int ignoredFrom; // depth at which one began that is not run; 0: all are run
    ulong marked; // one bit a depth

    public TokenKind Kind { get; private set; }

    public int Start { get; private set; }

    public readonly int End => position;

    public readonly ReadOnlySpan<byte> Bytes => statement[Start..position];

    /// <summary>White space or a comment stood before this token.</summary>
    public bool SpaceBefore { get; private set; }

    public bool SawVersionComment { get; private set; }

    public bool MoveNext()
    {
        SpaceBefore = false;
        while (position < statement.Length)
        {
            var first = statement[position];
            if (Lexical.IsSpace(first))
            {
                position++;
                SpaceBefore = true;
                continue;
            }

            Start = position;
            if (SkipComment(first, out var marker))
            {
                SpaceBefore = true;
                if (!marker)
                    continue;
                Kind = TokenKind.VersionMark;
                return true;
            }

            ReadToken(first);
            if (ignoredFrom == 0)
                return true;
        }

        (Kind, Start) = (TokenKind.End, position);
        return false;
    }

    /// <summary>Whether this token is the keyword, which is given in upper case.</summary>
    public readonly bool Is(ReadOnlySpan<byte> keyword) => Kind == TokenKind.Word && Ascii.EqualsIgnoreCase(Bytes, keyword);

    public readonly bool IsSymbol(char symbol) => Kind == TokenKind.Symbol && Bytes[0] == symbol;

    /// <summary>Goes on to the next token if this one is the keyword.</summary>
    public bool Take(ReadOnlySpan<byte> keyword)
    {
        if (!Is(keyword))
            return false;
        MoveNext();
        return true;
    }

    public bool TakeSymbol(char symbol)
    {
        if (!IsSymbol(symbol))
            return false;
        MoveNext();
        return true;
    }

    /// <summary>The name that this token is, without its quotes.</summary>
    public readonly string? Name() => Kind switch
    {
        TokenKind.Word => Encoding.UTF8.GetString(Bytes),
        TokenKind.QuotedName => Unquote(),
        _ => null,
    };

    /// <summary>The text between this token's quotes, doubled quotes made single; escapes are left as they stand.</summary>
    public readonly string Unquote()
    {
        var quote = ((char)Bytes[0]).ToString();
        var inner = Bytes.Length < 2 ? "" : Encoding.UTF8.GetString(Bytes[1..^1]);
        return inner.Replace(quote + quote, quote, StringComparison.Ordinal);
    }

    bool SkipComment(byte first, out bool marker)
    {
        marker = false;
        var rest = statement[position..];
        if (first is (byte)'#' or (byte)'-' && Lexical.IsLineComment(rest))
            position = Lexical.SkipLine(statement, position);
        else if (first == '/' && rest.StartsWith("/*"u8))
            return SkipBlock(rest, out marker);
        else if (first == '*' && depth > 0 && rest.StartsWith("*/"u8))
        {
            position += 2;
            marker = ignoredFrom == 0 && (marked >> (depth & 63) & 1) != 0;
            if (ignoredFrom == depth--)
                ignoredFrom = 0;
        }
        else
            return false;
        return true;
    }

    bool SkipBlock(ReadOnlySpan<byte> rest, out bool marker)
    {
        marker = false;
        var length = Lexical.VersionCommentStart(rest, out var version);
        if (length == 0)
        {
            position = Lexical.SkipBlockComment(statement, position);
            return true;
        }

        SawVersionComment = true;
        position += length;
        depth++;
        var everywhere = version < 50700 && rest[2] != 'M';
        var run = versions switch
        {
            VersionComments.Server => Lexical.IsRun(version, rest[2] == 'M', modes),
            VersionComments.None => false,
            _ => true,
        };
        if (!run && ignoredFrom == 0)
            ignoredFrom = depth;
        marker = versions == VersionComments.Marked && !everywhere;
        var bit = 1UL << (depth & 63);
        marked = marker ? marked | bit : marked & ~bit;
        return true;
    }

    void ReadToken(byte first)
    {
        if (Lexical.IsWord(first))
        {
            Kind = TokenKind.Word;
            position += Lexical.WordLength(statement[position..]);
        }
        else if (first is (byte)'\'' or (byte)'"' or (byte)'`')
        {
            var isName = first == '`' || (first == '"' && modes.HasFlag(LexicalModes.AnsiQuotes));
            Kind = isName ? TokenKind.QuotedName : TokenKind.String;
            var end = Lexical.SkipQuoted(statement, position, modes);
            position = end < 0 ? statement.Length : end;
        }
        else
        {
            Kind = TokenKind.Symbol;
            position++;
        }
    }
}
