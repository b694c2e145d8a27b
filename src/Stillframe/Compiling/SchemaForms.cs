using Stillframe.Connections;
using Stillframe.Dumps;
using Stillframe.Tablespaces;

namespace Stillframe.Compiling;

/// <summary>What of a schema has to be known where tables are written without a server.</summary>
/// <param name="Weights">Of the collations that keys are put in order by, packed.</param>
/// <param name="Maps">Of character sets of one byte a character: what its upper half stands for.</param>
sealed record SchemaForms(IReadOnlyDictionary<string, byte[]> Weights, IReadOnlyDictionary<string, string> Maps)
{
    readonly Lazy<KnownTexts> texts = new(() => new(Weights.ToDictionary(pair => pair.Key, pair => CollationWeights.Unpack(pair.Value)), Maps.ToDictionary(pair => pair.Key, pair => KnownTexts.MapOf(pair.Value))));

    public KnownTexts Texts() => texts.Value;

    /// <summary>Forms of tables that a server is asked for, while it has the schema.</summary>
    public static async Task<(SchemaForms Forms, IReadOnlyDictionary<TableName, TableForm> Tables)> ReadAsync(ServerConnection connection, CancellationToken cancellationToken)
    {
        var collations = await connection.QueryAsync(
            $"SELECT DISTINCT collation_name FROM information_schema.columns WHERE column_key <> '' AND collation_name IS NOT NULL AND table_schema NOT IN ({ReservedSchemas.List}) ORDER BY collation_name", cancellationToken);
        var weights = new Dictionary<string, byte[]>();
        foreach (var collation in collations.Select(row => row[0]!).Where(CollationWeights.AreProved))
            weights.Add(collation, (await CollationWeights.ReadAsync(connection, collation, cancellationToken)).Pack());
        var maps = await KnownTexts.ReadMapsAsync(
            connection, $"FROM information_schema.columns JOIN information_schema.character_sets USING (character_set_name) WHERE maxlen = 1 AND table_schema NOT IN ({ReservedSchemas.List})", cancellationToken);
        return (new(weights, maps), await TableForm.ReadAllAsync(connection, cancellationToken));
    }
}
