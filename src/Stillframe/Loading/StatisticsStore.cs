using Stillframe.Connections;
using Stillframe.Dumps;

namespace Stillframe.Loading;

/// <summary>Index statistics of one table, as <c>mysql.innodb_table_stats</c> and <c>mysql.innodb_index_stats</c> have them, less the time.</summary>
/// <param name="Table">A row for each partition: its name, rows, pages of the clustered index, pages of others.</param>
/// <param name="Indexes">Rows: table or partition, index, name, value, sample size, description.</param>
sealed record TableStatistics(IReadOnlyList<string?[]> Table, IReadOnlyList<string?[]> Indexes);

/// <summary>Gathers and stores index statistics: without them range queries of a frame, which can't gather its own, were 2,500 times slower.</summary>
static class StatisticsStore
{
    static readonly TableName tableStatistics = new(ReservedSchemas.System, "innodb_table_stats"), indexStatistics = new(ReservedSchemas.System, "innodb_index_stats");

    /// <summary>The server's own, of every table.</summary>
    public static IReadOnlyList<TableName> Tables { get; } = [tableStatistics, indexStatistics];

    /// <summary>Of those tables, in the data directory.</summary>
    public static IEnumerable<string> Files => Tables.Select(table => $"{table.Schema}/{table.Name}.ibd");

    const string Time = "'2001-09-09 01:46:40'";

    /// <summary>Counts all pages, since <see cref="LoadServer"/> asks for it: the same in every build.</summary>
    public static async Task<TableStatistics> GatherAsync(ServerConnection connection, TableName table, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync($"ANALYZE TABLE {Sql.Table(table)}", cancellationToken);
        var (db, name) = (Sql.Literal(table.Schema), Sql.Literal(table.Name));
        var which = $"database_name = {db} AND (table_name = {name} OR LEFT(table_name, CHAR_LENGTH({name}) + 3) IN (CONCAT({name}, '#P#'), CONCAT({name}, '#p#')))";
        var tables = await connection.QueryAsync(
            $"SELECT table_name, n_rows, clustered_index_size, sum_of_other_index_sizes FROM {tableStatistics} WHERE {which} ORDER BY BINARY table_name", cancellationToken);
        var indexes = await connection.QueryAsync(
            $"SELECT table_name, index_name, stat_name, stat_value, sample_size, stat_description FROM {indexStatistics} WHERE {which} "
            + "ORDER BY BINARY table_name, BINARY index_name, stat_name",
            cancellationToken);
        return new(tables, WithLeafPages(indexes));
    }

    /// <summary>The last thing written into the dictionary's own tables.</summary>
    public static async Task WriteAsync(ServerConnection connection, string schema, TableStatistics statistics, CancellationToken cancellationToken)
    {
        var tables = statistics.Table.Select(row => $"({Sql.Literal(schema)}, {Sql.Literal(row[0])}, {Time}, {row[1]}, {row[2]}, {row[3]})");
        var indexes = statistics.Indexes.Select(
            row => $"({Sql.Literal(schema)}, {Sql.Literal(row[0])}, {Sql.Literal(row[1])}, {Time}, {Sql.Literal(row[2])}, {row[3]}, {row[4] ?? "NULL"}, {Sql.Literal(row[5])})");
        if (statistics.Table.Count > 0)
            await connection.ExecuteAsync($"INSERT INTO {tableStatistics} VALUES {string.Join(", ", tables)}", cancellationToken);
        if (statistics.Indexes.Count > 0)
            await connection.ExecuteAsync($"INSERT INTO {indexStatistics} VALUES {string.Join(", ", indexes)}", cancellationToken);
    }

    /// <summary>A server that counts all leaf pages says so in the sample's size, and writes 1 as their number.</summary>
    static List<string?[]> WithLeafPages(IReadOnlyList<string?[]> rows)
    {
        var counted = rows.Where(row => row[2] == "n_diff_pfx01" && row[4] is not null).ToDictionary(row => (row[0], row[1]), row => row[4]);
        return [.. rows.Select(row => row[2] == "n_leaf_pages" && counted.TryGetValue((row[0], row[1]), out var pages) ? [row[0], row[1], row[2], pages, row[4], row[5]] : row)];
    }
}
