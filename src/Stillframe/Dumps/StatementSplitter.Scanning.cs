using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Stillframe.Dumps;

internal sealed partial class StatementSplitter
{
    bool _started;

    /// <summary>Goes over what is no statement; false at the end of the file.</summary>
    bool SkipToStatement()
    {
        if (!_started && window.StartsWith("\uFEFF"u8))
            window.Position += 3;
        _started = true;
        while (true)
        {
            window.Release();
            if (!window.Has(1))
                return false;
            if (Lexical.IsSpace(window.Current))
                SkipSpaces();
            else if (window.StartsWith(_delimiter.Bytes))
                window.Position += _delimiter.Bytes.Length;
            else if (window.Current == '#' || window.StartsWith("--"u8))
                ReadComment();
            else if (window.StartsWith("/*"u8) && !IsVersionComment())
                SkipBlockComment(window.Location(window.Position), keep: false);
            else if (ClientCommands.IsDelimiter(window))
                ReadDelimiter();
            else if (window.StartsWith("mysqldump: "u8) || window.StartsWith("mariadb-dump: "u8))
                throw ToolMessage();
            else
                return true;
        }
    }

    /// <summary>Goes on to the end of the statement at the position; it may hold a client command such as <c>\G</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    (bool Ended, string? ClientCommand) Scan(SearchValues<byte> stops)
    {
        var delimiter = _delimiter.Bytes;
        string? command = null;
        var (depth, opened) = (0, 0);
        while (true)
        {
            var rest = window.Rest;
            var index = rest.IndexOfAny(depth > 0 ? Delimiter.VersionCommentStops : stops);
            if (index < 0)
            {
                window.Position = window.End;
                if (window.Fill())
                    continue;
                if (depth > 0)
                    throw CutOff("inside a comment", window.Location(window.Start + opened));
                return (false, command);
            }

            window.Position += index;
            var first = rest[index];
            if (depth == 0 && first == delimiter[0] && (delimiter.Length == 1 || window.StartsWith(delimiter)))
                return (true, command);
            switch (first)
            {
                case (byte)'\'' or (byte)'"' or (byte)'`':
                    SkipQuoted(first);
                    break;
                case (byte)'\n' when depth == 0:
                    return (true, command);
                case (byte)'#':
                    SkipLine();
                    break;
                case (byte)'-' when window.StartsWith("--"u8) && (!window.Has(3) || window.Rest[2] <= ' '):
                    SkipLine();
                    break;
                case (byte)'/' when window.StartsWith("/*!"u8) || window.StartsWith("/*M!"u8):
                    opened = depth++ == 0 ? window.Position - window.Start : opened;
                    window.Position += 3;
                    break;
                case (byte)'/' when window.StartsWith("/*"u8):
                    SkipBlockComment(null, keep: true);
                    break;
                case (byte)'*' when depth > 0 && window.StartsWith("*/"u8):
                    depth--;
                    window.Position += 2;
                    break;
                case (byte)'\\' when window.Has(2):
                    command ??= window.Rest[1] == 'N' ? null : $"\\{(char)window.Rest[1]}"; // \N is NULL
                    window.Position += 2;
                    break;
                default:
                    window.Position++;
                    break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void SkipQuoted(byte quote)
    {
        var opened = window.Position - window.Start;
        var escapes = Lexical.Escapes(quote, Modes);
        window.Position++;
        if (escapes && (Modes & LexicalModes.DoubleByte) != 0)
        {
            SkipDoubleByteQuoted(quote, opened);
            return;
        }

        while (true)
        {
            var rest = window.Rest;
            var index = escapes ? rest.IndexOfAny(quote, (byte)'\\') : rest.IndexOf(quote);
            if (index >= 0 && rest[index] == quote)
            {
                window.Position += index + 1; // of a doubled quote, the second one opens the string again
                return;
            }

            window.Position = index < 0 ? window.End : window.Position + index;
            if (index < 0 ? window.Fill() : window.Has(2))
                window.Position += index < 0 ? 0 : 2;
            else
                throw CutOff(quote == '`' ? "inside a quoted name" : "inside a string", window.Location(window.Start + opened));
        }
    }

    /// <summary>Where a backslash may be the second byte of a character.</summary>
    void SkipDoubleByteQuoted(byte quote, int opened)
    {
        while (window.Has(1))
        {
            var isPair = window.Current >= 0x80 && window.Has(2) && DoubleByteText.IsPair(window.Current, window.Rest[1], Modes);
            if (window.Current == quote)
            {
                window.Position++; // of a doubled quote, the second one opens the string again
                return;
            }

            if ((isPair || window.Current == '\\') && !window.Has(2))
                break;
            window.Position += isPair || window.Current == '\\' ? 2 : 1;
        }

        throw CutOff("inside a string", window.Location(window.Start + opened));
    }

    void SkipSpaces()
    {
        var count = window.Rest.IndexOfAnyExcept(Lexical.Spaces);
        window.Position = count < 0 ? window.End : window.Position + count;
    }

    void SkipLine()
    {
        int index;
        while ((index = window.Rest.IndexOf((byte)'\n')) < 0)
        {
            window.Position = window.End;
            if (!window.Fill())
                return;
        }

        window.Position += index + 1;
    }

    void SkipBlockComment(SourceLocation? location, bool keep)
    {
        var opened = window.Position - window.Start;
        window.Position += 2;
        int index;
        while ((index = window.Rest.IndexOf("*/"u8)) < 0)
        {
            window.Position = Math.Max(window.Position, window.End - 1);
            if (!keep)
                window.Release();
            if (!window.Fill())
                throw CutOff("inside a comment", location ?? window.Location(window.Start + opened));
        }

        window.Position += index + 2;
    }

    bool IsVersionComment()
    {
        window.Has(12);
        return Lexical.VersionCommentStart(window.Rest, out _) > 0
            // a client command of mariadb-dump, "enable the sandbox mode", which no server runs
            && !window.Rest.StartsWith("/*M!999999\\-"u8) && !window.Rest.StartsWith("/*!999999\\-"u8);
    }

    void ReadComment()
    {
        while (window.Rest.Length < KeptOfComment && !window.Rest.Contains((byte)'\n') && window.Fill())
        {
        }

        var end = window.Rest.IndexOf((byte)'\n');
        var line = end < 0 ? window.Rest : window.Rest[..end];
        comment(line[..Math.Min(line.Length, KeptOfComment)].TrimEnd((byte)'\r'));
        while (window.Rest.IndexOf((byte)'\n') < 0)
        {
            window.Position = window.End;
            window.Release();
            if (!window.Fill())
                return;
        }

        SkipLine();
    }

    void ReadDelimiter()
    {
        var location = window.Location(window.Position);
        SkipLine();
        var words = window.Taken.Span["delimiter".Length..].Trim(" \t\r\n\v\f"u8);
        var length = words.IndexOfAny(Lexical.Spaces);
        var word = (length < 0 ? words : words[..length]).Trim("'\"`"u8);
        if (word.IsEmpty && !window.Has(1))
            throw CutOff("inside a DELIMITER command", location);
        if (word.IsEmpty || word.Contains((byte)'\\'))
            throw new StillframeException(
                ErrorCodes.ClientCommandRefused,
                $"'{file}' has a DELIMITER command without a usable delimiter. Write one after it, such as DELIMITER ;;",
                location);
        _delimiter = Delimiter.Create(word, location);
    }

    StillframeException ToolMessage()
    {
        var location = window.Location(window.Position);
        SkipLine();
        return new(
            ErrorCodes.DumpCutOff,
            $"'{file}' holds a message of the tool that wrote it: \"{Encoding.UTF8.GetString(window.Taken.Span).Trim()}\". "
            + "Make the dump again with --result-file, or send the tool's error output elsewhere.",
            location);
    }
}
