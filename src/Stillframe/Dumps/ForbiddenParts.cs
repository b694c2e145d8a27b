namespace Stillframe.Dumps;

/// <summary>
/// What reaches outside of the server, wherever in a statement it stands: in a routine, trigger, event, view, default value, generated column, check,
/// partition or comment that is run.
/// </summary>
internal static class ForbiddenParts
{
    /// <summary>They read or write files, or other servers, of the dump's choice.</summary>
    static readonly HashSet<string> Engines = new(StringComparer.OrdinalIgnoreCase)
    {
        "CONNECT", "FEDERATED", "FEDERATEDX", "SPIDER", "S3", "OQGRAPH", "SPHINX", "CASSANDRA", "VIDEX",
    };

    /// <summary>What was found, as the start of a sentence; null where there is nothing.</summary>
    public static string? Find(ReadOnlySpan<byte> text, StatementHead head, LexicalModes modes)
    {
        var isTable = head is { Verb: "CREATE" or "ALTER", Object: "TABLE" };
        var tokens = new SqlTokens(text, modes);
        var afterDot = false;
        while (tokens.MoveNext())
        {
            if (tokens.Kind == TokenKind.Word && !afterDot && At(tokens, isTable) is { } found)
                return found;
            afterDot = tokens.IsSymbol('.');
        }

        return null;
    }

    static string? At(SqlTokens tokens, bool isTable) => tokens.Bytes[0] switch
    {
        (byte)'I' or (byte)'i' when tokens.Take("INTO"u8) && (tokens.Is("OUTFILE"u8) || tokens.Is("DUMPFILE"u8)) => "INTO OUTFILE or DUMPFILE writes a file of the server's host",
        (byte)'I' or (byte)'i' when isTable && tokens.Take("INDEX"u8) && tokens.Is("DIRECTORY"u8) => "INDEX DIRECTORY puts data outside of the database",
        (byte)'D' or (byte)'d' when isTable && tokens.Take("DATA"u8) && tokens.Is("DIRECTORY"u8) => "DATA DIRECTORY puts rows outside of the database",
        (byte)'L' or (byte)'l' when tokens.Take("LOAD_FILE"u8) && tokens.IsSymbol('(') => "LOAD_FILE reads a file of the server's host",
        (byte)'L' or (byte)'l' when tokens.Take("LOAD"u8) && (tokens.Is("DATA"u8) || tokens.Is("XML"u8)) => Load(tokens),
        (byte)'D' or (byte)'d' when isTable && tokens.Take("DISCARD"u8) && tokens.Is("TABLESPACE"u8) => "DISCARD TABLESPACE takes a table's rows away",
        (byte)'S' or (byte)'s' when tokens.Take("SONAME"u8) && tokens.Kind == TokenKind.String => "SONAME loads code into the server",
        (byte)'E' or (byte)'e' when isTable && (tokens.Take("ENGINE"u8) || tokens.Take("TYPE"u8)) => Engine(tokens),
        (byte)'C' or (byte)'c' when isTable && tokens.Take("CONNECTION"u8) && tokens.TakeSymbol('=') && tokens.Kind == TokenKind.String => "CONNECTION reads another server",
        (byte)'I' or (byte)'i' when isTable && tokens.Take("IMPORT"u8) && tokens.Is("TABLESPACE"u8) => "IMPORT TABLESPACE reads a file of the server's host",
        _ => null,
    };

    static string? Load(SqlTokens tokens)
    {
        tokens.MoveNext();
        while (tokens.Is("LOW_PRIORITY"u8) || tokens.Is("CONCURRENT"u8) || tokens.Is("LOCAL"u8))
            tokens.MoveNext();
        return tokens.Is("INFILE"u8) ? "LOAD DATA or XML reads a file of the server's host" : null;
    }

    static string? Engine(SqlTokens tokens)
    {
        tokens.TakeSymbol('=');
        var name = tokens.Kind == TokenKind.String ? tokens.Unquote() : tokens.Name();
        return name is not null && Engines.Contains(name) ? $"The storage engine {name} reads or writes outside of the database" : null;
    }
}
