using Stillframe.Connections;

namespace Stillframe.Loading.Bulk;

/// <summary>The session variables that rows depend on, as a dump has set them where a table's rows begin.</summary>
/// <param name="Values">By name.</param>
/// <param name="Fresh">The values in a session in which nothing was set.</param>
sealed record SessionSnapshot(IReadOnlyDictionary<string, string> Values, IReadOnlyDictionary<string, string> Fresh)
{
    static readonly string[] Common =
    [
        "character_set_client", "character_set_connection", "collation_connection", "sql_mode", "time_zone", "foreign_key_checks",
        "unique_checks", "explicit_defaults_for_timestamp", "auto_increment_increment", "auto_increment_offset", "default_storage_engine", "timestamp",
    ];

    static readonly string[] OfMariaDb = [.. Common, "check_constraint_checks", "old_mode"];

    /// <summary>What LOAD DATA has in its own way: its data's character set, and checks off, without which there is no bulk load.</summary>
    static readonly string[] NotForLoadData =
        ["character_set_client", "character_set_connection", "collation_connection", "foreign_key_checks", "unique_checks"];

    /// <summary>In lower case; null where literals would be converted before they reach a column.</summary>
    public string? Charset => Values["character_set_client"] == Values["character_set_connection"] ? Values["character_set_client"] : null;

    public bool ChecksForeignKeys => Values["foreign_key_checks"] == "1";

    /// <summary>Zero in an AUTO_INCREMENT column is zero.</summary>
    public bool KeepsZero => Values["sql_mode"].Contains("NO_AUTO_VALUE_ON_ZERO", StringComparison.Ordinal);

    /// <summary>An empty string is NULL, but only as an SQL literal.</summary>
    public bool EmptiesAreNull => Values["sql_mode"].Contains("EMPTY_STRING_IS_NULL", StringComparison.Ordinal);

    /// <summary>Such as <c>+00:00</c>.</summary>
    public string TimeZone => Values["time_zone"];

    /// <summary>Dates of zeros are refused, or dates that are none taken.</summary>
    public bool HasOwnDates => Values["sql_mode"] is var mode
        && (mode.Contains("NO_ZERO_", StringComparison.Ordinal) || mode.Contains("TRADITIONAL", StringComparison.Ordinal) || mode.Contains("ALLOW_INVALID_DATES", StringComparison.Ordinal));

    /// <summary>What does not fit a column is an error.</summary>
    public bool IsStrict =>
        Values["sql_mode"].Contains("STRICT_", StringComparison.Ordinal) || Values["sql_mode"].Contains("TRADITIONAL", StringComparison.Ordinal);

    /// <param name="fresh">Taken before anything was set; null to take that one.</param>
    public static async Task<SessionSnapshot> TakeAsync(
        ServerConnection connection, string product, SessionSnapshot? fresh, CancellationToken cancellationToken)
    {
        var names = product == "MariaDB" ? OfMariaDb : Common;
        var row = (await connection.QueryAsync("SELECT @@" + string.Join(", @@", names), cancellationToken))[0];
        var values = names.Zip(row).ToDictionary(pair => pair.First, pair => pair.Second ?? "");
        return new(values, fresh?.Values ?? values);
    }

    /// <summary>Makes a fresh session take the dump's statements as this one did.</summary>
    public async Task EnterAsync(LoadSession session, string schema, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync($"USE {Sql.Identifier(schema)}", cancellationToken);
        if (Set([]) is { } set)
            await session.ExecuteAsync(set, cancellationToken);
    }

    /// <summary>
    /// Makes a fresh session ready for LOAD DATA. What checks would have found comes back as an error or a warning, and then the
    /// dump's own INSERT statements get to say it. Notes count as warnings here, to be on the safe side.
    /// </summary>
    public string ForLoadData() => $"{Set(NotForLoadData) ?? "SET"}{(Set(NotForLoadData) is null ? "" : ",")} foreign_key_checks = 0, unique_checks = 0, sql_notes = 1, autocommit = 0";

    /// <summary>Whether rows mean the same in both.</summary>
    public bool Equals(SessionSnapshot? other) => other is not null && Values.All(pair => other.Values[pair.Key] == pair.Value);

    public override int GetHashCode() => string.GetHashCode(Values["sql_mode"], StringComparison.Ordinal);

    string? Set(string[] except)
    {
        var settings = from pair in Values
                       where pair.Value != Fresh[pair.Key] && !except.Contains(pair.Key)
                       select $"{pair.Key} = {(pair.Value.Length > 0 && pair.Value.All(c => char.IsAsciiDigit(c) || c == '.') ? pair.Value : Sql.Literal(pair.Value))}";
        var list = string.Join(", ", settings);
        return list.Length == 0 ? null : "SET " + list;
    }
}
