using Stillframe.Connections;
using Stillframe.Dumps;

namespace Stillframe.Loading.Bulk;

/// <summary>A column as the server describes it.</summary>
/// <param name="Type">Such as <c>varchar</c>, without size and attributes.</param>
/// <param name="Charset">Of its strings; null for other types.</param>
sealed record TableColumn(string Name, string Type, string? Charset, bool Nullable, bool AutoIncrement, bool Generated, bool Invisible, bool InPrimaryKey);

/// <summary>A table as the server describes it.</summary>
/// <param name="Type">Such as <c>BASE TABLE</c>, <c>SYSTEM VERSIONED</c>.</param>
sealed record TableDescription(TableName Name, string Type, string Engine, bool HasForeignKeys, IReadOnlyList<TableColumn> Columns)
{
    public bool IsPartitioned { get; init; }

    /// <summary>False where InnoDB numbers the rows itself, with one counter for all such tables.</summary>
    public bool HasPrimaryKey => Columns.Any(column => column.InPrimaryKey);

    /// <summary>Every table that is there.</summary>
    public static async Task<Dictionary<TableName, TableDescription>> ReadAllAsync(
        ServerConnection connection, CancellationToken cancellationToken)
    {
        var columns = (await connection.QueryAsync(
                $"""
                SELECT table_schema, table_name, column_name, data_type, character_set_name, is_nullable, extra, generation_expression, column_key
                FROM information_schema.columns WHERE table_schema NOT IN ({ReservedSchemas.List}) ORDER BY table_schema, table_name, ordinal_position
                """,
                cancellationToken))
            .ToLookup(Named, Column);
        var keys = (await connection.QueryAsync(
                $"SELECT DISTINCT constraint_schema, table_name FROM information_schema.referential_constraints WHERE constraint_schema NOT IN ({ReservedSchemas.List})",
                cancellationToken))
            .Select(Named).ToHashSet();
        var tables = await connection.QueryAsync(
            $"SELECT table_schema, table_name, table_type, engine, create_options FROM information_schema.tables WHERE table_schema NOT IN ({ReservedSchemas.List})", cancellationToken);
        return tables
            .Select(row => new TableDescription(Named(row), row[2] ?? "", row[3] ?? "", keys.Contains(Named(row)), [.. columns[Named(row)]])
            {
                IsPartitioned = row[4]?.Contains("partitioned", StringComparison.OrdinalIgnoreCase) == true,
            })
            .ToDictionary(table => table.Name);
    }

    static TableName Named(string?[] row) => new(row[0]!, row[1]!);

    static TableColumn Column(string?[] row) => new(
        row[2]!,
        row[3]!.ToLowerInvariant(),
        row[4]?.ToLowerInvariant(),
        row[5] == "YES",
        Has(row, "auto_increment"),
        row[7] is { Length: > 0 },
        Has(row, "INVISIBLE"),
        row[8] == "PRI");

    static bool Has(string?[] row, string word) => row[6]?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;
}
