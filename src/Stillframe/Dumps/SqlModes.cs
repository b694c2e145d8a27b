namespace Stillframe.Dumps;

/// <summary>Values of <c>sql_mode</c> (<see href="https://mariadb.com/kb/en/sql-mode/"/>).</summary>
internal static class SqlModes
{
    /// <summary>What a session starts with (MariaDB 10.2.4 and later).</summary>
    public const string Default = "STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION";

    static readonly Dictionary<string, string[]> Combined = new(StringComparer.Ordinal)
    {
        ["ANSI"] = ["REAL_AS_FLOAT", "PIPES_AS_CONCAT", "ANSI_QUOTES", "IGNORE_SPACE"],
        ["DB2"] = ["PIPES_AS_CONCAT", "ANSI_QUOTES", "IGNORE_SPACE", "NO_KEY_OPTIONS", "NO_TABLE_OPTIONS", "NO_FIELD_OPTIONS"],
        ["MAXDB"] = ["PIPES_AS_CONCAT", "ANSI_QUOTES", "IGNORE_SPACE", "NO_KEY_OPTIONS", "NO_TABLE_OPTIONS", "NO_FIELD_OPTIONS", "NO_AUTO_CREATE_USER"],
        ["MSSQL"] = ["PIPES_AS_CONCAT", "ANSI_QUOTES", "IGNORE_SPACE", "NO_KEY_OPTIONS", "NO_TABLE_OPTIONS", "NO_FIELD_OPTIONS"],
        ["ORACLE"] = ["PIPES_AS_CONCAT", "ANSI_QUOTES", "IGNORE_SPACE", "NO_KEY_OPTIONS", "NO_TABLE_OPTIONS", "NO_FIELD_OPTIONS", "NO_AUTO_CREATE_USER", "SIMULTANEOUS_ASSIGNMENT"],
        ["POSTGRESQL"] = ["PIPES_AS_CONCAT", "ANSI_QUOTES", "IGNORE_SPACE", "NO_KEY_OPTIONS", "NO_TABLE_OPTIONS", "NO_FIELD_OPTIONS"],
        ["TRADITIONAL"] = ["STRICT_TRANS_TABLES", "STRICT_ALL_TABLES", "NO_ZERO_IN_DATE", "NO_ZERO_DATE", "ERROR_FOR_DIVISION_BY_ZERO", "NO_AUTO_CREATE_USER", "NO_ENGINE_SUBSTITUTION"],
    };

    /// <summary>Rows and tables are the same with and without them.</summary>
    static readonly string[] WithoutMeaningForRows = ["ONLY_FULL_GROUP_BY", "NO_AUTO_CREATE_USER", "NO_ENGINE_SUBSTITUTION", "HIGH_NOT_PRECEDENCE"];

    /// <summary>Each mode by itself, sorted.</summary>
    public static SortedSet<string> Of(string value)
    {
        var modes = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var mode in value.ToUpperInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            modes.Add(mode);
            modes.UnionWith(Combined.GetValueOrDefault(mode, []));
        }

        return modes;
    }

    /// <summary>What of it rows depend on; empty for what a session starts with.</summary>
    public static string ForRows(string value)
    {
        var own = Text(value);
        return own == Text(Default) ? "" : own;

        static string Text(string value) => string.Join(',', Of(value).Except(WithoutMeaningForRows)) + ".";
    }
}
