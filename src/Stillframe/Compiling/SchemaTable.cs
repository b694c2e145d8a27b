using System.Globalization;
using Stillframe.Connections;
using Stillframe.Dumps;
using Stillframe.Loading.Bulk;
using Stillframe.Normalizing;

namespace Stillframe.Compiling;

/// <summary>A table as it is before its rows.</summary>
/// <param name="Numbers">Of the table, its partitions and what its full-text indexes are kept in; none where it is not InnoDB's.</param>
/// <param name="Files">That take rows, such as <c>shop/orders.ibd</c>, in ordinal order.</param>
sealed record SchemaTable(TableDescription Description, IReadOnlyList<TableNumbers> Numbers, IReadOnlyList<string> Files)
{
    public TableName Name => Description.Name;

    /// <summary>Null where nobody asked for it.</summary>
    public TableForm? Form { get; init; }

    /// <summary>One tablespace of its own and nothing else: it can be taken from a running server.</summary>
    public bool IsPlain => Description is { Engine: "InnoDB", Type: "BASE TABLE" } && Files.Count == 1 && Numbers.Count == 1;

    public override string ToString() => Name.ToString();

    /// <summary>The names that the server gives files of tables, by schema and table.</summary>
    public static async Task<IReadOnlyDictionary<TableName, string>> FileNamesAsync(ServerConnection connection, CancellationToken cancellationToken)
    {
        const string Encoded = "CAST(CONVERT({0} USING filename) AS BINARY)";
        var schema = string.Format(CultureInfo.InvariantCulture, Encoded, "table_schema");
        var table = string.Format(CultureInfo.InvariantCulture, Encoded, "table_name");
        return (await connection.QueryAsync(
                $"SELECT table_schema, table_name, CONCAT({schema}, '/', {table}) FROM information_schema.tables WHERE table_type <> 'VIEW'", cancellationToken))
            .ToDictionary(row => new TableName(row[0]!, row[1]!), row => row[2]!);
    }
}
