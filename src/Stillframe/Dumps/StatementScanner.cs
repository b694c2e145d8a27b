using System.Buffers;
using System.Runtime.CompilerServices;

namespace Stillframe.Dumps;

/// <summary>Finds where statements, strings and comments end, as the command-line clients do. Errors: SF1003 where they don't.</summary>
/// <param name="file">The window's, for errors.</param>
internal sealed class StatementScanner(ByteWindow window, string file)
{
    /// <summary>Modes that the statements so far have set.</summary>
    public LexicalModes Modes { get; set; }

    /// <summary>Goes on to the end of the statement at the position; it may hold a client command such as <c>\G</c>.</summary>
    /// <param name="stops">Bytes at which to look closer.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public (bool Ended, string? ClientCommand) Scan(byte[] delimiter, SearchValues<byte> stops)
    {
        string? command = null;
        var (depth, opened) = (0, 0);
        var skipsStrings = ReferenceEquals(stops, Delimiter.Semicolon.Stops) && StringSkipper.Knows(Modes);
        while (true)
        {
            if (depth == 0 && skipsStrings)
                window.Position += StringSkipper.Skip(window.Rest);
            var rest = window.Rest;
            var index = rest.IndexOfAny(depth > 0 ? Delimiter.VersionCommentStops : stops);
            if (index < 0)
            {
                window.Position = window.End;
                if (window.Fill())
                    continue;
                if (depth > 0)
                    throw CutOffDump.Error(file, "inside a comment", window.Location(window.Start + opened));
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
                throw CutOffDump.Error(file, quote == '`' ? "inside a quoted name" : "inside a string", window.Location(window.Start + opened));
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

        throw CutOffDump.Error(file, "inside a string", window.Location(window.Start + opened));
    }

    public void SkipSpaces()
    {
        var count = window.Rest.IndexOfAnyExcept(Lexical.Spaces);
        window.Position = count < 0 ? window.End : window.Position + count;
    }

    public void SkipLine()
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

    public void SkipBlockComment(SourceLocation? location, bool keep)
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
                throw CutOffDump.Error(file, "inside a comment", location ?? window.Location(window.Start + opened));
        }

        window.Position += index + 2;
    }
}
