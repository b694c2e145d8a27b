using System.Buffers;
using System.Runtime.CompilerServices;

namespace Stillframe.Dumps;

/// <summary>Goes over the tuples of a <see cref="RowsStatement"/>.</summary>
ref struct TupleEnumerator
{
    static readonly SearchValues<byte> Stops = SearchValues.Create(
        [.. "'\"`()#-/: \t\r\n\v\f@_$abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"u8, .. Enumerable.Range(128, 128).Select(b => (byte)b)]);

    const int MostTries = 8;
    readonly ReadOnlySpan<byte> text;
    readonly LexicalModes modes;
    TupleCursor cursor;
    int start;
    int position;

    /// <summary>How many more tuples may be other than the cursor takes before it is asked no more.</summary>
    int tries;

    /// <summary>The cursor stands before the position.</summary>
    bool isCursorHere;

    /// <param name="tries">0 looks at each byte by itself, with the same result.</param>
    internal TupleEnumerator(ReadOnlySpan<byte> text, int position, LexicalModes modes, int tries = MostTries)
    {
        this.text = text;
        this.modes = modes;
        start = this.position = position;
        this.tries = StringSkipper.Knows(modes) ? tries : 0;
    }

    /// <summary>The tuple, such as <c>(1,'a',NULL)</c>.</summary>
    public readonly ReadOnlySpan<byte> Current => text[start..position];

    /// <summary>What follows the last tuple, such as <c>ON DUPLICATE KEY UPDATE …</c>; known when <see cref="MoveNext"/> gave false.</summary>
    public readonly ReadOnlySpan<byte> Tail => text[position..];

    /// <summary>White space or a comment stands in the current tuple outside strings.</summary>
    internal bool HasSpace { get; private set; }

    /// <summary>Of all tuples so far.</summary>
    internal ValueTraits Traits { get; private set; }

    public bool MoveNext()
    {
        var isFirst = position == start;
        SkipSpaces();
        if (!isFirst)
        {
            if (position >= text.Length || text[position] != ',')
                return false;
            position++;
            SkipSpaces();
        }

        start = position;
        HasSpace = false;
        return position < text.Length && text[position] == '(' && ((tries > 0 && SkipLiterals()) || SkipTuple());
    }

    /// <summary>Goes over a tuple of nothing but literals, as tools write them; almost all are.</summary>
    bool SkipLiterals()
    {
        if (!isCursorHere)
            cursor = new(text, position);
        int open;
        do
            open = cursor.Next();
        while (open >= 0 && open < position);
        var end = open == position ? cursor.Next() : -1;
        isCursorHere = end >= 0 && text[end] == ')';
        if (isCursorHere)
            position = end + 1;
        else
            tries--;
        return isCursorHere;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    bool SkipTuple()
    {
        var depth = 0;
        while (true)
        {
            var index = text[position..].IndexOfAny(Stops);
            if (index < 0)
                break;
            position += index;
            var next = position + 1;
            switch (text[position])
            {
                case (byte)'\'':
                    next = Lexical.SkipQuoted(text, position, modes);
                    break;
                case (byte)'"' or (byte)'`':
                    next = Lexical.SkipQuoted(text, position, modes);
                    Traits |= text[position] == '`' || modes.HasFlag(LexicalModes.AnsiQuotes) ? ValueTraits.Unlisted : 0; // a name
                    break;
                case (byte)'(':
                    depth++;
                    break;
                case (byte)')' when --depth == 0:
                    position++;
                    return true;
                case (byte)'#' or (byte)'-' when Lexical.IsLineComment(text[position..]):
                    HasSpace = true;
                    next = Lexical.SkipLine(text, position);
                    break;
                case (byte)'/' when text[position..].StartsWith("/*"u8):
                    HasSpace = true;
                    next = SkipComment();
                    break;
                case (byte)':':
                    Traits |= text[position..].StartsWith(":="u8) ? ValueTraits.Assignment : 0;
                    break;
                case (byte)'@':
                    Traits |= ValueTraits.Unlisted;
                    break;
                case <= (byte)' ':
                    HasSpace = true;
                    break;
                case var first when Lexical.IsWord(first):
                    next = SkipWord();
                    break;
            }

            if (next < 0)
                break;
            position = next;
        }

        position = start; // it does not end: part of the tail
        return false;
    }

    int SkipComment()
    {
        if (Lexical.VersionCommentStart(text[position..], out _) is not (var length and > 0))
            return Lexical.SkipBlockComment(text, position);
        Traits |= ValueTraits.VersionComment;
        return position + length;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int SkipWord()
    {
        var rest = text[position..];
        if (rest.StartsWith("NULL"u8) && rest.Length > 4 && rest[4] is (byte)',' or (byte)')')
            return position + 4;
        var end = position + Lexical.WordLength(rest);
        // a number that goes on, as in 1e5 and 0xAB; words never start with a digit
        var before = position > start ? text[position - 1] : (byte)0;
        if (before == '@' && ValueWords.IsOfStatementBefore(rest[..(end - position)]))
            Traits |= ValueTraits.Connection;
        else if (before == '\\')
            Traits |= end - position == 1 && rest[0] == 'N' ? 0 : ValueTraits.Unlisted; // NULL
        else if (before is >= (byte)'0' and <= (byte)'9' or (byte)'.')
            Traits |= ValueWords.IsNumber(text[NumberStart()..position], rest[..(end - position)]) ? 0 : ValueTraits.Unlisted;
        else
            Traits |= ValueWords.TraitsOf(rest[..(end - position)], text[end..]);
        return end;
    }

    readonly int NumberStart()
    {
        var start = position;
        while (start > this.start && text[start - 1] is >= (byte)'0' and <= (byte)'9' or (byte)'.')
            start--;
        return start;
    }

    void SkipSpaces()
    {
        while (position < text.Length)
        {
            var rest = text[position..];
            if (Lexical.IsSpace(rest[0]))
                position++;
            else if (rest[0] is (byte)'#' or (byte)'-' && Lexical.IsLineComment(rest))
                position = Lexical.SkipLine(text, position);
            else if (rest.StartsWith("/*"u8) && Lexical.VersionCommentStart(rest, out _) == 0)
                position = Lexical.SkipBlockComment(text, position);
            else
                return;
        }
    }
}
