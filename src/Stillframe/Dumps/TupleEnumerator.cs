using System.Buffers;
using System.Runtime.CompilerServices;

namespace Stillframe.Dumps;

/// <summary>Goes over the tuples of a <see cref="RowsStatement"/>.</summary>
public ref struct TupleEnumerator
{
    static readonly SearchValues<byte> Stops = SearchValues.Create(
        [.. "'\"`()#-/: \t\r\n\v\f@_$abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"u8, .. Enumerable.Range(128, 128).Select(b => (byte)b)]);

    readonly ReadOnlySpan<byte> _text;
    readonly LexicalModes _modes;
    int _start;
    int _position;

    internal TupleEnumerator(ReadOnlySpan<byte> text, int position, LexicalModes modes)
    {
        _text = text;
        _modes = modes;
        _start = _position = position;
    }

    /// <summary>The tuple, such as <c>(1,'a',NULL)</c>.</summary>
    public readonly ReadOnlySpan<byte> Current => _text[_start.._position];

    /// <summary>What follows the last tuple, such as <c>ON DUPLICATE KEY UPDATE …</c>; known when <see cref="MoveNext"/> gave false.</summary>
    public readonly ReadOnlySpan<byte> Tail => _text[_position..];

    /// <summary>White space or a comment stands in the current tuple outside strings.</summary>
    internal bool HasSpace { get; private set; }

    /// <summary>Of all tuples so far.</summary>
    internal ValueTraits Traits { get; private set; }

    public bool MoveNext()
    {
        var isFirst = _position == _start;
        SkipSpaces();
        if (!isFirst)
        {
            if (_position >= _text.Length || _text[_position] != ',')
                return false;
            _position++;
            SkipSpaces();
        }

        _start = _position;
        HasSpace = false;
        return _position < _text.Length && _text[_position] == '(' && SkipTuple();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    bool SkipTuple()
    {
        var depth = 0;
        while (true)
        {
            var index = _text[_position..].IndexOfAny(Stops);
            if (index < 0)
                break;
            _position += index;
            var next = _position + 1;
            switch (_text[_position])
            {
                case (byte)'\'':
                    next = Lexical.SkipQuoted(_text, _position, _modes);
                    break;
                case (byte)'"' or (byte)'`':
                    next = Lexical.SkipQuoted(_text, _position, _modes);
                    Traits |= _text[_position] == '`' || _modes.HasFlag(LexicalModes.AnsiQuotes) ? ValueTraits.Unlisted : 0; // a name
                    break;
                case (byte)'(':
                    depth++;
                    break;
                case (byte)')' when --depth == 0:
                    _position++;
                    return true;
                case (byte)'#' or (byte)'-' when Lexical.IsLineComment(_text[_position..]):
                    HasSpace = true;
                    next = Lexical.SkipLine(_text, _position);
                    break;
                case (byte)'/' when _text[_position..].StartsWith("/*"u8):
                    HasSpace = true;
                    next = SkipComment();
                    break;
                case (byte)':':
                    Traits |= _text[_position..].StartsWith(":="u8) ? ValueTraits.Assignment : 0;
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
            _position = next;
        }

        _position = _start; // it does not end: part of the tail
        return false;
    }

    int SkipComment()
    {
        if (Lexical.VersionCommentStart(_text[_position..], out _) is not (var length and > 0))
            return Lexical.SkipBlockComment(_text, _position);
        Traits |= ValueTraits.VersionComment;
        return _position + length;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int SkipWord()
    {
        var rest = _text[_position..];
        if (rest.StartsWith("NULL"u8) && rest.Length > 4 && rest[4] is (byte)',' or (byte)')')
            return _position + 4;
        var end = _position + Lexical.WordLength(rest);
        // a number that goes on, as in 1e5 and 0xAB; words never start with a digit
        var before = _position > _start ? _text[_position - 1] : (byte)0;
        if (before == '@' && ValueWords.IsOfStatementBefore(rest[..(end - _position)]))
            Traits |= ValueTraits.Connection;
        else if (before == '\\')
            Traits |= end - _position == 1 && rest[0] == 'N' ? 0 : ValueTraits.Unlisted; // NULL
        else if (before is >= (byte)'0' and <= (byte)'9' or (byte)'.')
            Traits |= ValueWords.IsNumber(_text[NumberStart().._position], rest[..(end - _position)]) ? 0 : ValueTraits.Unlisted;
        else
            Traits |= ValueWords.TraitsOf(rest[..(end - _position)], _text[end..]);
        return end;
    }

    readonly int NumberStart()
    {
        var start = _position;
        while (start > _start && _text[start - 1] is >= (byte)'0' and <= (byte)'9' or (byte)'.')
            start--;
        return start;
    }

    void SkipSpaces()
    {
        while (_position < _text.Length)
        {
            var rest = _text[_position..];
            if (Lexical.IsSpace(rest[0]))
                _position++;
            else if (rest[0] is (byte)'#' or (byte)'-' && Lexical.IsLineComment(rest))
                _position = Lexical.SkipLine(_text, _position);
            else if (rest.StartsWith("/*"u8) && Lexical.VersionCommentStart(rest, out _) == 0)
                _position = Lexical.SkipBlockComment(_text, _position);
            else
                return;
        }
    }
}
