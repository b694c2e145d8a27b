using System.Text;

namespace Stillframe.Dumps;

/// <summary>
/// The session variables that decide what the bytes of a dump mean, followed through its <c>SET</c> statements, with the user
/// variables that tools save them in.
/// </summary>
internal sealed class SessionState
{
    readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public LexicalModes Modes { get; private set; }

    /// <summary>What rows and tables depend on.</summary>
    public string ForRows =>
        $"{Get("character_set_client")}|{Get("time_zone")}|{(Mode("NO_BACKSLASH_ESCAPES") ? 1 : 0)}{(Mode("ANSI_QUOTES") ? 1 : 0)}{(Mode("NO_AUTO_VALUE_ON_ZERO") ? 1 : 0)}";

    /// <summary>What views, triggers, routines and events depend on.</summary>
    public string ForPrograms => $"{Get("character_set_client")}|{Get("collation_connection")}|{Get("time_zone")}|{Get("sql_mode")}";

    /// <summary>
    /// Whether a tool has turned notes off and not yet on again: it does so first and last, and says so also where it writes no
    /// comments.
    /// </summary>
    public bool NotesAreOff { get; private set; }

    public void Run(ReadOnlySpan<byte> text, StatementHead head, LexicalModes modes)
    {
        foreach (var assignment in SetStatement.Parse(head.Tokens))
        {
            if (assignment.IsGlobal)
                continue;
            var value = Evaluate(new SqlTokens(text[assignment.Value], modes));
            if (assignment.Name == "names")
                value = value.Split(' ')[0];
            _values[assignment.Name] = value;
            if (assignment.Name is "names" or "character_set_client")
                _values["character_set_client"] = Charset(value);
            else if (assignment.Name == "sql_mode")
                _values["sql_mode"] = value.ToUpperInvariant();
            else if (assignment.Name == "sql_notes" && text.StartsWith("/*!40111 "u8))
                NotesAreOff = value == "0";
        }

        Modes = (Mode("NO_BACKSLASH_ESCAPES") ? LexicalModes.NoBackslashEscapes : 0) | (Mode("ANSI_QUOTES") ? LexicalModes.AnsiQuotes : 0);
    }

    string Get(string name) => _values.GetValueOrDefault(name, "");

    bool Mode(string mode)
    {
        var modes = Get("sql_mode").Split(',', StringSplitOptions.TrimEntries);
        return modes.Contains(mode) || (mode == "ANSI_QUOTES" && modes.Intersect(["ANSI", "DB2", "MAXDB", "MSSQL", "ORACLE", "POSTGRESQL"]).Any());
    }

    /// <summary>utf8 by any name, which is also what a connection starts with.</summary>
    static string Charset(string value) => value.ToUpperInvariant() is "UTF8MB4" or "UTF8MB3" or "UTF8" or "DEFAULT" ? "" : value.ToUpperInvariant();

    /// <summary>A value as far as dumps go: literals, variables, CONCAT and REPLACE.</summary>
    string Evaluate(SqlTokens tokens)
    {
        var value = new StringBuilder();
        tokens.MoveNext();
        while (tokens.Kind != TokenKind.End && !tokens.IsSymbol(',') && !tokens.IsSymbol(')'))
            value.Append(EvaluateOne(ref tokens));
        return value.ToString().Trim();
    }

    string EvaluateOne(ref SqlTokens tokens)
    {
        var text = "";
        if (tokens.TakeSymbol('@'))
        {
            var isSystem = tokens.TakeSymbol('@');
            var name = QualifiedName.Read(ref tokens).Name?.ToLowerInvariant() ?? "";
            return Get(isSystem ? name : "@" + name);
        }

        if (tokens.Kind == TokenKind.String)
            text = tokens.Unquote();
        else if (tokens.Is("REPLACE"u8) || tokens.Is("CONCAT"u8))
            return Call(ref tokens);
        else if (tokens.Kind == TokenKind.Word && !tokens.Is("DEFAULT"u8))
            text = (tokens.SpaceBefore ? " " : "") + tokens.Name();
        tokens.MoveNext();
        return text;
    }

    string Call(ref SqlTokens tokens)
    {
        var replaces = tokens.Is("REPLACE"u8);
        var arguments = new List<string>();
        tokens.MoveNext();
        while (tokens.IsSymbol('(') || tokens.IsSymbol(','))
        {
            tokens.MoveNext();
            var argument = new StringBuilder();
            while (tokens.Kind != TokenKind.End && !tokens.IsSymbol(',') && !tokens.IsSymbol(')'))
                argument.Append(EvaluateOne(ref tokens));
            arguments.Add(argument.ToString().Trim());
        }

        tokens.TakeSymbol(')');
        return replaces && arguments.Count == 3 && arguments[1].Length > 0
            ? arguments[0].Replace(arguments[1], arguments[2], StringComparison.OrdinalIgnoreCase)
            : string.Concat(arguments);
    }
}
