using Stillframe.Connections;
using Stillframe.Dumps;

namespace Stillframe.Loading.Bulk;

/// <summary>A column as the server describes it.</summary>
sealed record TableColumn
{
    public required string Name { get; init; }

    /// <summary>Such as <c>varchar</c>, without size and attributes.</summary>
    public required string Type { get; init; }

    /// <summary>Such as <c>varchar(20)</c> or <c>int(10) unsigned</c>.</summary>
    public string FullType { get; init; } = "";

    /// <summary>Of its strings; null for other types.</summary>
    public string? Charset { get; init; }

    /// <inheritdoc cref="Charset"/>
    public string? Collation { get; init; }

    public bool Nullable { get; init; }

    public bool AutoIncrement { get; init; }

    public bool Generated { get; init; }

    public bool Invisible { get; init; }

    public bool InPrimaryKey { get; init; }
}

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
                SELECT table_schema, table_name, column_name, data_type, character_set_name, is_nullable, extra, generation_expression, column_key, column_type, collation_name
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

    static TableColumn Column(string?[] row) => new()
    {
        Name = row[2]!,
        Type = row[3]!.ToLowerInvariant(),
        Charset = row[4]?.ToLowerInvariant(),
        Nullable = row[5] == "YES",
        AutoIncrement = Has(row, "auto_increment"),
        Generated = row[7] is { Length: > 0 },
        Invisible = Has(row, "INVISIBLE"),
        InPrimaryKey = row[8] == "PRI",
        FullType = row[9] ?? "",
        Collation = row[10],
    };

    static bool Has(string?[] row, string word) => row[6]?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;
}
