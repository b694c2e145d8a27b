using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Stillframe.Connections;

namespace Stillframe.EndToEnd.Oracle.Comparison;

/// <summary>Everything in some schemas of a server that a reader can see, each thing under its name, as text that can be compared.</summary>
static partial class Description
{
    const int MostShown = 4000;

    /// <param name="schemas">Schemas that are there.</param>
    public static async Task<SortedDictionary<string, string>> OfAsync(OracleServer server, IReadOnlyCollection<string> schemas)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (schemas.Count == 0)
            return found;
        await using var connection = await server.ConnectAsync();
        await connection.ExecuteAsync("SET SESSION time_zone = '+00:00', sql_mode = ''", default);
        var list = string.Join(',', schemas.Select(Sql.Literal));
        foreach (var schema in schemas)
            found[$"{schema}: database"] = await CreateAsync(connection, $"DATABASE {Sql.Identifier(schema)}", 1);
        var columns = (await connection.QueryAsync($"SELECT table_schema, table_name, column_name, data_type, extra FROM information_schema.columns WHERE table_schema IN ({list}) ORDER BY table_schema, table_name, ordinal_position", default))
            .ToLookup(row => (row[0]!, row[1]!));
        foreach (var row in await connection.QueryAsync($"SELECT table_schema, table_name, table_type, auto_increment, table_comment FROM information_schema.tables WHERE table_schema IN ({list})", default))
            await AddTableAsync(found, connection, row, [.. columns[(row[0]!, row[1]!)]]);
        foreach (var row in await connection.QueryAsync($"SELECT trigger_schema, trigger_name, event_object_table, action_timing, event_manipulation, action_order FROM information_schema.triggers WHERE trigger_schema IN ({list})", default))
            found[$"{row[0]}.{row[1]}: trigger"] = string.Join(' ', row[2..]) + "\n" + await CreateAsync(connection, $"TRIGGER {Sql.Table(row[0]!, row[1]!)}", 1, 2, 3, 4, 5);
        foreach (var row in await connection.QueryAsync($"SELECT routine_schema, routine_name, routine_type FROM information_schema.routines WHERE routine_schema IN ({list})", default))
            found[$"{row[0]}.{row[1]}: {row[2]!.ToLowerInvariant()}"] = await CreateAsync(connection, $"{row[2]} {Sql.Table(row[0]!, row[1]!)}", 1, 2, 3, 4, 5);
        // a server without its scheduler shows no events
        foreach (var row in await connection.QueryAsync($"SELECT db, name, HEX(body), HEX(body_utf8), execute_at, interval_value, interval_field, starts, ends, status, on_completion, sql_mode, HEX(comment), time_zone, character_set_client, collation_connection, db_collation FROM mysql.event WHERE db IN ({list})", default))
            found[$"{row[0]}.{row[1]}: event"] = string.Join('\n', row[2..]);
        return found;
    }

    static async Task AddTableAsync(SortedDictionary<string, string> found, ServerConnection connection, string?[] table, IReadOnlyList<string?[]> columns)
    {
        var (schema, name, type) = (table[0]!, table[1]!, table[2]!);
        var quoted = Sql.Table(schema, name);
        var text = new StringBuilder($"{type} {table[4]}\n");
        var isView = type == "VIEW";
        text.AppendLine(await CreateAsync(connection, $"{(isView ? "VIEW" : "TABLE")} {quoted}", isView ? [1, 2, 3] : [1]));
        if (type is not ("VIEW" or "SEQUENCE"))
        {
            found[$"{schema}.{name}: AUTO_INCREMENT"] = table[3] ?? "NULL";
            // with generated columns the server gives another sum at the second time, whatever its memory holds
            if (!columns.Any(column => column[4]!.Contains("GENERATED", StringComparison.Ordinal)))
                text.AppendLine(CultureInfo.InvariantCulture, $"checksum {await TextAsync(connection, $"CHECKSUM TABLE {quoted} EXTENDED", row => row[1] ?? "NULL")}");
        }

        text.Append(await RowsAsync(connection, quoted, columns));
        found[$"{schema}.{name}"] = text.ToString();
    }

    static async Task<string> RowsAsync(ServerConnection connection, string quoted, IReadOnlyList<string?[]> columns)
    {
        var values = string.Join(", ", columns.Select(column => Value(column[2]!, column[3]!)));
        try
        {
            var rows = (await connection.QueryAsync($"SELECT {values} FROM {quoted}", default)).Select(row => string.Join(" | ", row.Select(value => value ?? "NULL"))).Order(StringComparer.Ordinal).ToList();
            var all = string.Join('\n', rows);
            return $"{rows.Count} rows of {string.Join(", ", columns.Select(column => column[2]))}\n{(all.Length <= MostShown ? all : all[..MostShown] + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(all))))}";
        }
        catch (ServerException e)
        {
            return $"rows: error {e.Number}";
        }
    }

    /// <summary>A column's value so that no two different ones look alike.</summary>
    static string Value(string name, string type)
    {
        var quoted = Sql.Identifier(name);
        return type switch
        {
            "float" => $"CONCAT({quoted}, ' ', {quoted} + 0e0)",
            "tinyint" or "smallint" or "mediumint" or "int" or "bigint" or "decimal" or "double" or "date" or "time" or "datetime" or "timestamp" or "year" => quoted,
            _ => $"IF(LENGTH({quoted}) > 2000, SHA2({quoted}, 256), HEX({quoted}))",
        };
    }

    static Task<string> CreateAsync(ServerConnection connection, string what, params int[] shown) =>
        TextAsync(connection, $"SHOW CREATE {what}", row => string.Join('\n', shown.Where(column => column < row.Length).Select(column => row[column])));

    static async Task<string> TextAsync(ServerConnection connection, string query, Func<string?[], string> text)
    {
        try
        {
            return WithoutDefiner(string.Join('\n', (await connection.QueryAsync(query, default)).Select(text)));
        }
        catch (ServerException e)
        {
            return $"error {e.Number}";
        }
    }

    /// <summary>A frame has its own account for all that the dump's authors made, and no memory of AUTO_INCREMENT beyond what is stored.</summary>
    static string WithoutDefiner(string text) => Counter().Replace(Definer().Replace(text, "DEFINER=_"), "");

    // a trigger keeps the sql_quote_show_create that it was made under
    [GeneratedRegex("DEFINER=(?:`(?:[^`]|``)*`|\"[^\"]*\"|[\\w$]+)@(?:`(?:[^`]|``)*`|\"[^\"]*\"|[\\w.$]+)")]
    private static partial Regex Definer();

    [GeneratedRegex(@" AUTO_INCREMENT=\d+(?= )")]
    private static partial Regex Counter();
}
