using Stillframe.Connections;
using Stillframe.Dumps;
using Stillframe.Loading;

namespace Stillframe.Deriving;

/// <summary>A foreign key, as the server has it.</summary>
/// <param name="Columns">Of the child, and beside each the parent's.</param>
sealed record ForeignKey(string Name, TableName Child, TableName Parent, IReadOnlyList<(string Child, string Parent)> Columns)
{
    public static async Task<IReadOnlyList<ForeignKey>> ReadAllAsync(LoadSession session, CancellationToken cancellationToken)
    {
        var rows = await session.RunAsync(connection => connection.QueryAsync(
            $"""
            SELECT constraint_name, table_schema, table_name, column_name, referenced_table_schema, referenced_table_name, referenced_column_name
            FROM information_schema.key_column_usage
            WHERE referenced_table_name IS NOT NULL AND table_schema NOT IN ({ReservedSchemas.List})
            ORDER BY table_schema, table_name, constraint_name, ordinal_position
            """,
            cancellationToken));
        return [.. rows.GroupBy(row => (row[0], row[1], row[2])).Select(key => new ForeignKey(
            key.Key.Item1!, new(key.Key.Item2!, key.Key.Item3!), new(key.First()[4]!, key.First()[5]!), [.. key.Select(row => (row[3]!, row[6]!))]))];
    }

    /// <summary>These tables and all that refer to them, directly or over others.</summary>
    public static IReadOnlySet<TableName> Below(IEnumerable<TableName> tables, IReadOnlyList<ForeignKey> keys)
    {
        var below = tables.ToHashSet();
        while (keys.Where(key => below.Contains(key.Parent) && !below.Contains(key.Child)).Select(key => key.Child).ToList() is { Count: > 0 } more)
            below.UnionWith(more);
        return below;
    }

    /// <summary>A condition for a row <paramref name="child"/> and its parent.</summary>
    public string Joins(string child, string parent) =>
        string.Join(" AND ", Columns.Select(column => $"{child}.{Sql.Identifier(column.Child)} = {parent}.{Sql.Identifier(column.Parent)}"));
}
