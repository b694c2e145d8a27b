namespace Stillframe.Dumps;

/// <summary>
/// The session variables that decide what the bytes of a dump mean, followed through its <c>SET</c> statements, with the user
/// variables that tools save them in.
/// </summary>
/// <param name="server">Of the server that is to read it: nothing but <see cref="LexicalModes.MySql"/>.</param>
internal sealed class SessionState(LexicalModes server = LexicalModes.None)
{
    readonly SortedDictionary<string, string> values = new(StringComparer.Ordinal) { ["sql_mode"] = SqlModes.Default };
    readonly HashSet<string> tainted = new(StringComparer.Ordinal);
    LexicalModes fromStatements;

    public LexicalModes Modes => server | fromStatements;

    /// <summary>What rows and tables depend on.</summary>
    public string ForRows { get; private set; } = "";

    /// <summary>What views, triggers, routines and events depend on.</summary>
    public string ForPrograms => $"{Get("character_set_client")}|{Get("collation_connection")}|{Get("time_zone")}|{string.Join(',', SqlModes.Of(Get("sql_mode")))}";

    /// <summary>
    /// Whether a tool has turned notes off and not yet on again: it does so first and last, and says so also where it writes no
    /// comments.
    /// </summary>
    public bool NotesAreOff { get; private set; }

    /// <summary>Each statement is committed by itself.</summary>
    public bool CommitsEach => Get("autocommit").ToUpperInvariant() is not ("0" or "OFF" or "FALSE");

    public bool ChecksForeignKeys => Get("foreign_key_checks").ToUpperInvariant() is not ("0" or "OFF" or "FALSE");

    /// <summary>The dump has set the clock itself.</summary>
    public bool HasOwnClock => Get("timestamp").Length > 0;

    /// <summary>Why the dump has to be run in its own order from here on; the middle of a sentence, null where it has not.</summary>
    public string? OrderedBecause { get; private set; }

    /// <param name="fromToolsComment">The statement stands in a version comment, as tools write it around their own settings.</param>
    /// <exception cref="StillframeException">SF1006 where a value that decides how the dump is read can't be told.</exception>
    public void Run(ReadOnlySpan<byte> text, StatementHead head, LexicalModes modes, bool fromToolsComment, SourceLocation location)
    {
        foreach (var assignment in SetStatement.Parse(head.Tokens))
        {
            if (assignment.IsGlobal)
                continue;
            var value = SetValue.Evaluate(text[assignment.Value], modes, Known, out var isKnown);
            if (!isKnown)
                NoteUnknownValue(assignment.Name, location);
            if (!SessionVariables.IsKnown(assignment.Name))
                OrderedBecause ??= $"it sets {assignment.Name}";
            if (isKnown || !assignment.Name.StartsWith('@'))
                Set(assignment.Name, value);
            else
                values.Remove(assignment.Name);
            if (assignment.Name == "sql_notes" && fromToolsComment)
                NotesAreOff = value == "0";
        }

        Apply();
    }

    /// <summary>User variables that a statement other than SET names may have any value from now on.</summary>
    public void Taint(ReadOnlySpan<byte> text, LexicalModes modes)
    {
        if (text.IndexOf((byte)'@') < 0)
            return;
        var tokens = new SqlTokens(text, modes);
        while (tokens.MoveNext())
        {
            if (tokens.TakeSymbol('@') && tokens.Name() is { } name)
                tainted.Add("@" + name.ToLowerInvariant());
        }
    }

    void Set(string name, string value)
    {
        if (name == "names")
            value = value.Split(' ')[0];
        if (!name.StartsWith('@') && value.Equals("DEFAULT", StringComparison.OrdinalIgnoreCase))
            value = name == "sql_mode" ? SqlModes.Default : "";
        values[name] = value;
        switch (name)
        {
            case "names":
                values["character_set_client"] = Charset(value);
                values["character_set_connection"] = Charset(value);
                values["collation_connection"] = "";
                break;
            case "character_set_client" or "character_set_connection":
                values[name] = Charset(value);
                break;
            case "collation_connection":
                values["character_set_connection"] = Charset(value.Split('_')[0]);
                break;
            case "timestamp" when value is "0":
                OrderedBecause ??= "it lets the clock run";
                break;
        }
    }

    /// <exception cref="StillframeException">SF1006.</exception>
    void NoteUnknownValue(string name, SourceLocation location)
    {
        if (name is "sql_mode" or "names" or "character_set_client")
            throw new StillframeException(
                ErrorCodes.StatementRefused,
                $"SET {name} takes its value from an expression that only a server can tell, and with it where strings end. Write the value itself.",
                location);
        if (!name.StartsWith('@') && !SessionVariables.IsWithoutMeaning(name))
            OrderedBecause ??= $"only a server can tell what it sets {name} to";
    }

    void Apply()
    {
        var modes = SqlModes.Of(Get("sql_mode"));
        fromStatements = (modes.Contains("NO_BACKSLASH_ESCAPES") ? LexicalModes.NoBackslashEscapes : 0)
            | (modes.Contains("ANSI_QUOTES") ? LexicalModes.AnsiQuotes : 0)
            | (Get("character_set_connection") == "BINARY" ? LexicalModes.Binary : 0)
            | DoubleByteText.ModeOf(Get("character_set_client"));
        var connection = Get("character_set_connection");
        var counting = from pair in values
                       where pair.Value.Length > 0 && SessionVariables.CountsForRows(pair.Key) && pair.Key is not ("names" or "sql_mode" or "collation_connection" or "character_set_connection")
                       select $"{pair.Key}={pair.Value}";
        var all = counting.ToList();
        if (connection != Get("character_set_client"))
            all.Add($"connection={connection}");
        if (SqlModes.ForRows(Get("sql_mode")) is { Length: > 0 } mode)
            all.Add($"mode={mode}");
        ForRows = string.Join('|', all);
    }

    /// <summary>A user variable that no SET gave a value that can be told has one that only a server knows.</summary>
    string? Known(string name) =>
        name.StartsWith('@') ? tainted.Contains(name) ? null : values.GetValueOrDefault(name) : Get(name);

    string Get(string name) => values.GetValueOrDefault(name, "");

    /// <summary>utf8 by any name, which is also what a connection starts with.</summary>
    static string Charset(string value) => value.ToUpperInvariant() is "UTF8MB4" or "UTF8MB3" or "UTF8" or "DEFAULT" ? "" : value.ToUpperInvariant();
}
