using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace Stillframe.Dumps;

/// <summary>
/// The words that may stand between a row's values without making them depend on anything else: a written list, so that whatever is not on it
/// has the dump run in its own order, as a client would (docs/how-rows-are-loaded.md).
/// </summary>
internal static class ValueWords
{
    const int Longest = 40;

    /// <summary>Parts of literals and of expressions over them.</summary>
    const string Plain =
        """
        NULL TRUE FALSE UNKNOWN AND OR NOT XOR DIV MOD IS IN BETWEEN LIKE ESCAPE RLIKE REGEXP CASE WHEN THEN ELSE END AS USING COLLATE INTERVAL
        BINARY DATE TIMESTAMP DATETIME SIGNED UNSIGNED INTEGER CHAR NCHAR DECIMAL DOUBLE FLOAT REAL INT CHARACTER SET BOTH LEADING TRAILING FROM FOR
        MICROSECOND SECOND MINUTE HOUR DAY WEEK MONTH QUARTER YEAR
        DAY_HOUR DAY_MINUTE DAY_SECOND HOUR_MINUTE HOUR_SECOND MINUTE_SECOND YEAR_MONTH DAY_MICROSECOND HOUR_MICROSECOND MINUTE_MICROSECOND SECOND_MICROSECOND
        UTF8 UTF8MB3 UTF8MB4 LATIN1 ASCII
        """;

    /// <summary>Functions whose value depends on their arguments alone.</summary>
    const string Functions =
        """
        ABS ACOS ASIN ATAN ATAN2 CEIL CEILING CONV COS COT CRC32 DEGREES EXP FLOOR LN LOG LOG10 LOG2 MOD OCT PI POW POWER RADIANS ROUND SIGN SIN SQRT TAN TRUNCATE
        ASCII BIN BIT_COUNT BIT_LENGTH CHAR CHAR_LENGTH CHARACTER_LENGTH CHR CONCAT CONCAT_WS ELT EXPORT_SET FIELD FIND_IN_SET FROM_BASE64 HEX INSERT INSTR
        LCASE LEFT LENGTH LOCATE LOWER LPAD LTRIM MAKE_SET MID OCTET_LENGTH ORD POSITION QUOTE REPEAT REPLACE REVERSE RIGHT RPAD RTRIM SOUNDEX SPACE STRCMP
        SUBSTR SUBSTRING SUBSTRING_INDEX TO_BASE64 TRIM UCASE UNHEX UPPER MD5 SHA SHA1 SHA2
        IF IFNULL NULLIF COALESCE GREATEST LEAST ISNULL INTERVAL CAST CONVERT BINARY
        ADDDATE DATE DATEDIFF DATE_ADD DATE_SUB DAY DAYOFMONTH DAYOFWEEK DAYOFYEAR EXTRACT FROM_DAYS FROM_UNIXTIME HOUR LAST_DAY MAKEDATE MICROSECOND
        MINUTE MONTH PERIOD_ADD PERIOD_DIFF QUARTER SECOND SUBDATE TIMESTAMPADD TIMESTAMPDIFF TIME_TO_SEC TO_DAYS TO_SECONDS YEAR
        INET_ATON INET_NTOA INET6_ATON INET6_NTOA UNCOMPRESS
        JSON_ARRAY JSON_OBJECT JSON_QUOTE JSON_UNQUOTE JSON_COMPACT JSON_EXTRACT JSON_SET JSON_INSERT JSON_REMOVE JSON_REPLACE JSON_MERGE_PATCH JSON_VALID
        POINT LINESTRING POLYGON MULTIPOINT MULTILINESTRING MULTIPOLYGON GEOMETRYCOLLECTION
        GEOMFROMTEXT POINTFROMTEXT LINEFROMTEXT POLYFROMTEXT POLYGONFROMTEXT MPOINTFROMTEXT MLINEFROMTEXT MPOLYFROMTEXT GEOMCOLLFROMTEXT GEOMETRYFROMTEXT
        GEOMFROMWKB POINTFROMWKB GEOMETRYFROMWKB
        ST_GEOMFROMTEXT ST_GEOMETRYFROMTEXT ST_POINTFROMTEXT ST_LINEFROMTEXT ST_LINESTRINGFROMTEXT ST_POLYFROMTEXT ST_POLYGONFROMTEXT ST_GEOMCOLLFROMTEXT
        ST_GEOMFROMWKB ST_GEOMETRYFROMWKB ST_POINTFROMWKB ST_LINEFROMWKB ST_POLYFROMWKB ST_GEOMFROMGEOJSON
        DECIMAL DOUBLE FLOAT CHAR NCHAR BINARY DATETIME TIMESTAMP IN AND OR NOT XOR THEN ELSE WHEN CASE BETWEEN LIKE
        """;

    /// <summary>The time of day, which is the dump's; a time alone gets its date where a date is wanted.</summary>
    const string Clock =
        """
        NOW CURRENT_TIMESTAMP LOCALTIME LOCALTIMESTAMP CURDATE CURRENT_DATE CURTIME CURRENT_TIME UTC_DATE UTC_TIME UTC_TIMESTAMP UNIX_TIMESTAMP SYSDATE
        TIME ADDTIME SUBTIME TIMEDIFF MAKETIME SEC_TO_TIME
        """;

    /// <summary>Of these the parentheses may be left out.</summary>
    const string BareClock = "CURRENT_TIMESTAMP LOCALTIME LOCALTIMESTAMP CURRENT_DATE CURRENT_TIME UTC_DATE UTC_TIME UTC_TIMESTAMP TIME";

    /// <summary>They tell of a connection rather than of data.</summary>
    const string Connection = "CONNECTION_ID CURRENT_ROLE CURRENT_USER FOUND_ROWS ROW_COUNT SESSION_USER SYSTEM_USER USER";

    static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    static readonly FrozenSet<string> PlainWords = Split(Plain), FunctionWords = Split(Functions), ClockWords = Split(Clock), BareClockWords = Split(BareClock), ConnectionWords = Split(Connection);

    /// <param name="rest">What follows the word.</param>
    public static ValueTraits TraitsOf(ReadOnlySpan<byte> word, ReadOnlySpan<byte> rest)
    {
        if (word.Length > Longest)
            return ValueTraits.Unlisted;
        var isQuoteNext = rest.Length > 0 && rest[0] == '\'';
        // x'…', b'…', n'…', and the introducer of a character set
        if ((word.Length == 1 && isQuoteNext && (word[0] | 0x20) is 'x' or 'b' or 'n') || (word[0] == '_' && IsLiteralNext(rest)))
            return ValueTraits.None;
        var name = Upper(word);
        if (name == "DEFAULT")
            return ValueTraits.Default;
        if (ConnectionWords.Contains(name) && (IsParenthesisNext(rest) || name is "CURRENT_USER" or "CURRENT_ROLE"))
            return ValueTraits.Connection | ValueTraits.Unlisted;
        if (name == "LOAD_FILE")
            return ValueTraits.File | ValueTraits.Unlisted;
        // with a space between, some of these names are those of the dump's own functions
        if (rest.Length > 0 && rest[0] == '(')
            return FunctionWords.Contains(name) ? ValueTraits.None : ClockWords.Contains(name) && name != "SYSDATE" ? ValueTraits.Clock : ValueTraits.Unlisted; // SYSDATE is the real time, whatever the session's
        if (IsParenthesisNext(rest))
            return name is "IN" or "AND" or "OR" or "NOT" or "XOR" or "THEN" or "ELSE" or "WHEN" or "CASE" or "BETWEEN" or "LIKE" or "DIV" or "MOD" or "INTERVAL"
                ? ValueTraits.None
                : ValueTraits.Unlisted;
        return BareClockWords.Contains(name) ? ValueTraits.Clock : PlainWords.Contains(name) ? ValueTraits.None : ValueTraits.Unlisted;
    }

    /// <summary>Whether digits and what follows them, up to the next symbol, are one number.</summary>
    public static bool IsNumber(ReadOnlySpan<byte> digits, ReadOnlySpan<byte> rest)
    {
        if (digits.SequenceEqual("0"u8) && rest[0] is (byte)'x' or (byte)'b')
            return rest.Length > 1 && rest[1..].IndexOfAnyExcept(HexDigits) < 0;
        return (rest[0] | 0x20) == 'e' && rest[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
    }

    /// <summary>Variables that tell of the statement before, which of a client's may be one of its own.</summary>
    public static bool IsOfStatementBefore(ReadOnlySpan<byte> name) =>
        Ascii.EqualsIgnoreCase(name, "WARNING_COUNT"u8) || Ascii.EqualsIgnoreCase(name, "ERROR_COUNT"u8);

    /// <summary>Whether a statement that is no row takes up who is connected.</summary>
    public static bool SpeaksOfConnection(ReadOnlySpan<byte> text, LexicalModes modes)
    {
        var tokens = new SqlTokens(text, modes);
        while (tokens.MoveNext())
        {
            if (tokens.Kind == TokenKind.Word && tokens.Bytes.Length <= Longest && (TraitsOf(tokens.Bytes, text[tokens.End..]) & ValueTraits.Connection) != 0)
                return true;
        }

        return false;
    }

    /// <summary>Whether a statement that is no row speaks of the time of day.</summary>
    public static bool SpeaksOfClock(ReadOnlySpan<byte> text, LexicalModes modes)
    {
        var tokens = new SqlTokens(text, modes);
        while (tokens.MoveNext())
        {
            if (tokens.Kind == TokenKind.Word && tokens.Bytes.Length <= Longest && ClockWords.Contains(Upper(tokens.Bytes)))
                return true;
        }

        return false;
    }

    /// <summary>What stands behind the last row: columns and listed functions, but no subquery, variable or call of anything else.</summary>
    public static ValueTraits OfTail(ReadOnlySpan<byte> text, LexicalModes modes)
    {
        var traits = ValueTraits.Tail;
        var tokens = new SqlTokens(text, modes);
        while (tokens.MoveNext())
        {
            if (tokens.IsSymbol('@') || tokens.Is("SELECT"u8) || tokens.Is("RETURNING"u8) || tokens.SawVersionComment)
                traits |= ValueTraits.Unlisted;
            if (tokens.SawVersionComment)
                traits |= ValueTraits.VersionComment;
            if (tokens.IsSymbol(':'))
                traits |= ValueTraits.Assignment;
            if (tokens.Kind is TokenKind.Word or TokenKind.QuotedName && text[tokens.End..] is [(byte)'(', ..] or [(byte)' ', ..])
                traits |= OfTailWord(tokens, text[tokens.End..]);
            else if (tokens.Kind == TokenKind.Word && BareClockWords.Contains(Upper(tokens.Bytes)))
                traits |= ValueTraits.Clock;
        }

        return traits;
    }

    static ValueTraits OfTailWord(SqlTokens tokens, ReadOnlySpan<byte> rest)
    {
        if (!IsParenthesisNext(rest))
            return tokens.Kind == TokenKind.Word && BareClockWords.Contains(Upper(tokens.Bytes)) ? ValueTraits.Clock : 0;
        if (tokens.Kind == TokenKind.QuotedName)
            return ValueTraits.Unlisted;
        return tokens.Is("VALUES"u8) || tokens.Is("VALUE"u8) ? 0 : TraitsOf(tokens.Bytes, rest);
    }

    static bool IsLiteralNext(ReadOnlySpan<byte> rest)
    {
        rest = rest.TrimStart(" \t\r\n"u8);
        return rest is [(byte)'\'', ..] or [(byte)'x' or (byte)'X' or (byte)'b' or (byte)'B', (byte)'\'', ..] or [(byte)'0', (byte)'x' or (byte)'b', ..];
    }

    static bool IsParenthesisNext(ReadOnlySpan<byte> rest) => rest.TrimStart(" \t\r\n\v\f"u8) is [(byte)'(', ..] or [(byte)'/', (byte)'*', ..];

    static string Upper(ReadOnlySpan<byte> word) => Encoding.Latin1.GetString(word).ToUpperInvariant();

    static FrozenSet<string> Split(string words) =>
        words.Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
