using System.Globalization;
using Stillframe.Connections;
using Stillframe.Dumps;

namespace Stillframe.Loading;

/// <summary>What the server itself says of the tables it loaded.</summary>
static class LoadedTables
{
    public static async Task<IReadOnlyList<string>> SchemasAsync(ServerConnection connection, CancellationToken cancellationToken) =>
        [.. from row in await connection.QueryAsync(
                $"SELECT schema_name FROM information_schema.schemata WHERE schema_name NOT IN ({ReservedSchemas.List}) ORDER BY BINARY schema_name", cancellationToken)
            select row[0]!];

    /// <summary>Back to a server without data.</summary>
    public static async Task<bool> DropSchemasAsync(ServerConnection connection, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync("SET foreign_key_checks = 0", cancellationToken);
        foreach (var schema in await SchemasAsync(connection, cancellationToken))
            await connection.ExecuteAsync($"DROP DATABASE {Sql.Identifier(schema)}", cancellationToken);
        return true;
    }

    /// <summary>Rows and checksum of every table, for the verification to compare with, and the statistics of its indexes.</summary>
    public static async Task<IReadOnlyList<(FrameTable Table, TableStatistics? Statistics)>> AnalyzeAsync(
        ServerConnection connection, IReporter reporter, CancellationToken cancellationToken)
    {
        var names = await connection.QueryAsync(
            $"SELECT table_schema, table_name, table_type FROM information_schema.tables WHERE table_schema NOT IN ({ReservedSchemas.List}) AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED', 'SEQUENCE') ORDER BY BINARY table_schema, BINARY table_name",
            cancellationToken);
        var tables = new List<(FrameTable, TableStatistics?)>(names.Count);
        foreach (var name in names)
        {
            var table = new TableName(name[0]!, name[1]!);
            var statistics = name[2] == "SEQUENCE" ? null : await StatisticsStore.GatherAsync(connection, table, cancellationToken);
            var described = await DescribeAsync(connection, table, cancellationToken);
            tables.Add((described, statistics));
            reporter.Message(Importance.Low, $"{table}: {described.Rows:N0} rows, analysed");
        }

        return tables;
    }

    /// <summary>
    /// Row count and <c>CHECKSUM TABLE … EXTENDED</c> of one table. No checksum where there are virtual columns: equal rows gave different ones
    /// (MariaDB 10.11), since what is not stored is summed as it happens to lie in memory.
    /// </summary>
    public static async Task<FrameTable> DescribeAsync(ServerConnection connection, TableName table, CancellationToken cancellationToken)
    {
        var name = Sql.Table(table);
        var rows = await connection.ScalarAsync($"SELECT COUNT(*) FROM {name}", cancellationToken);
        var virtualColumns = await connection.ScalarAsync(
            $"SELECT COUNT(*) FROM information_schema.columns WHERE {Sql.IsTable(table)} AND extra LIKE '%VIRTUAL%'",
            cancellationToken);
        var sum = virtualColumns != "0" ? null : (await connection.QueryAsync($"CHECKSUM TABLE {name} EXTENDED", cancellationToken))[0][1];
        return new(
            table.Schema,
            table.Name,
            long.Parse(rows!, CultureInfo.InvariantCulture),
            sum is null ? null : long.Parse(sum, CultureInfo.InvariantCulture));
    }
}
