using System.Text.RegularExpressions;
using Stillframe.Connections;
using Stillframe.Dumps;

namespace Stillframe.Compiling;

/// <summary>What a table's file depends on besides its columns and indexes, as <c>SHOW CREATE TABLE</c> has it.</summary>
/// <param name="ServerBecause">Why only a server can compile it; the middle of a sentence, null where its file can be written.</param>
/// <param name="IsDynamic">Whether it was made with <c>ROW_FORMAT=DYNAMIC</c>, and not just is so.</param>
/// <param name="Json">Columns with a check that they are JSON.</param>
sealed partial record TableForm(string? ServerBecause, bool IsDynamic, IReadOnlyList<string> Json)
{
    /// <summary>Of every table of InnoDB.</summary>
    public static async Task<IReadOnlyDictionary<TableName, TableForm>> ReadAllAsync(ServerConnection connection, CancellationToken cancellationToken)
    {
        var forms = new Dictionary<TableName, TableForm>();
        foreach (var row in await connection.QueryAsync(
            $"SELECT table_schema, table_name, row_format FROM information_schema.tables WHERE engine = 'InnoDB' AND table_type = 'BASE TABLE' AND table_schema NOT IN ({ReservedSchemas.List})", cancellationToken))
        {
            var name = new TableName(row[0]!, row[1]!);
            forms.Add(name, Of((await connection.QueryAsync($"SHOW CREATE TABLE {Sql.Table(name)}", cancellationToken))[0][1]!, row[2]));
        }

        return forms;
    }

    internal static TableForm Of(string create, string? rowFormat)
    {
        var options = create[(create.LastIndexOf('\n') + 1)..];
        var json = ChecksOfJson().Matches(create).Select(check => check.Groups["column"].Value.Replace("``", "`", StringComparison.Ordinal)).ToList();
        create = ChecksOfJson().Replace(create, "${rest}");
        var reason = rowFormat != "Dynamic" ? $"its row format is {rowFormat}"
            : !KnownOptions().IsMatch(options) ? $"it has options that are not proved: {Quoted().Replace(options, "''").TrimStart(')', ' ')}"
            : Unproved().Match(Quoted().Replace(create, "''")) is { Success: true } word ? $"it has something that is not proved: {word.Value.Trim()}"
            : null;
        return new(reason, options.Contains(" ROW_FORMAT=DYNAMIC", StringComparison.Ordinal), json);
    }

    /// <summary>As it stands behind a column of the type JSON, and nothing behind it.</summary>
    [GeneratedRegex(@"(?<rest>^ +`(?<column>(?:[^`\n]|``)+)` longtext [^\n]*) CHECK \(json_valid\(`\k<column>`\)\)(?=,?$)", RegexOptions.Multiline)]
    private static partial Regex ChecksOfJson();

    [GeneratedRegex(@"^\) ENGINE=InnoDB( AUTO_INCREMENT=\d+)?( DEFAULT CHARSET=\w+)?( COLLATE=\w+)?( ROW_FORMAT=DYNAMIC)?( COMMENT='.*')?$")]
    private static partial Regex KnownOptions();

    [GeneratedRegex(@"'(?:[^'\\]|''|\\.)*'|`(?:[^`]|``)*`", RegexOptions.Singleline)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\b(CHECK|GENERATED|PERIOD|OVERLAPS|FULLTEXT|SPATIAL|VECTOR|HASH|COMPRESSED|VIRTUAL|PERSISTENT|STORED|INVISIBLE|VERSIONING|RTREE)\b")]
    private static partial Regex Unproved();
}
