using Stillframe.Connections;
using Stillframe.Dumps;
using Stillframe.Tablespaces;

namespace Stillframe.Compiling;

/// <summary>What of a schema has to be known where tables are written without a server.</summary>
/// <param name="Weights">Of the collations that keys are put in order by, packed.</param>
sealed record SchemaForms(IReadOnlyDictionary<string, byte[]> Weights)
{
    readonly Lazy<IReadOnlyDictionary<string, CollationWeights>> collations = new(() => Weights.ToDictionary(pair => pair.Key, pair => CollationWeights.Unpack(pair.Value)));

    /// <summary>By their names.</summary>
    public IReadOnlyDictionary<string, CollationWeights> Collations() => collations.Value;

    /// <summary>Forms of tables that a server is asked for, while it has the schema.</summary>
    public static async Task<(SchemaForms Forms, IReadOnlyDictionary<TableName, TableForm> Tables)> ReadAsync(ServerConnection connection, CancellationToken cancellationToken)
    {
        var collations = await connection.QueryAsync(
            $"SELECT DISTINCT collation_name FROM information_schema.columns WHERE column_key <> '' AND collation_name IS NOT NULL AND table_schema NOT IN ({ReservedSchemas.List}) ORDER BY collation_name", cancellationToken);
        var weights = new Dictionary<string, byte[]>();
        foreach (var collation in collations.Select(row => row[0]!).Where(CollationWeights.AreProved))
            weights.Add(collation, (await CollationWeights.ReadAsync(connection, collation, cancellationToken)).Pack());
        return (new(weights), await TableForm.ReadAllAsync(connection, cancellationToken));
    }
}
