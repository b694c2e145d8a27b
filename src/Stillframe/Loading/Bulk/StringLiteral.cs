using System.Buffers;
using System.Runtime.CompilerServices;
using Stillframe.Dumps;

namespace Stillframe.Loading.Bulk;

/// <summary>
/// Quoted strings. What a backslash means differs from LOAD DATA in three cases only, so most strings are copied with their escapes
/// (<see href="https://mariadb.com/kb/en/string-literals/"/>).
/// </summary>
sealed class StringLiteral
{
    readonly SearchValues<byte> stops;
    readonly byte quote;
    readonly bool escapes;

    StringLiteral(char quote, bool escapes)
    {
        (this.quote, this.escapes) = ((byte)quote, escapes);
        stops = SearchValues.Create([(byte)quote, .. "\\\t\n"u8]);
    }

    /// <summary>Those that a sql_mode knows, by their quote.</summary>
    public static StringLiteral? Of(char quote, LexicalModes modes) =>
        quote == '"' && modes.HasFlag(LexicalModes.AnsiQuotes) ? null : new(quote, !modes.HasFlag(LexicalModes.NoBackslashEscapes));

    /// <summary>Writes the string as a field's value.</summary>
    /// <param name="text">Begins behind the opening quote.</param>
    /// <returns>Bytes up to and with the closing quote.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Write(ReadOnlySpan<byte> text, FieldBuffer output)
    {
        var position = 0;
        while (true)
        {
            var next = text[position..].IndexOfAny(stops);
            if (next < 0)
                throw new NotBulkLoadableException("a string does not end");
            output.Raw(text.Slice(position, next));
            position += next;
            var stop = text[position++];
            if (stop == quote)
            {
                if (position == text.Length || text[position] != quote)
                    return position;
                output.Raw(quote);
                position++;
            }
            else if (stop != '\\' || !escapes)
            {
                output.Escaped(stop);
            }
            else
            {
                position += Escape(text[position..], output);
            }
        }
    }

    /// <returns>Bytes taken.</returns>
    static int Escape(ReadOnlySpan<byte> text, FieldBuffer output)
    {
        if (text.IsEmpty)
            throw new NotBulkLoadableException("a string does not end");
        switch (text[0])
        {
            case (byte)'N': // for LOAD DATA that would be NULL
                output.Raw((byte)'N');
                return 1;
            case (byte)'%' or (byte)'_': // SQL keeps this backslash
                output.Raw("\\\\"u8);
                output.Raw(text[0]);
                return 1;
            case >= 0x80: // may be the first byte of a character, which LOAD DATA would not see
                return 0;
            default:
                output.Raw((byte)'\\');
                output.Raw(text[0]);
                return 1;
        }
    }
}
