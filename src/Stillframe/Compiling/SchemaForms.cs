using Stillframe.Connections;
using Stillframe.Dumps;
using Stillframe.Records;
using Stillframe.Tablespaces;

namespace Stillframe.Compiling;

/// <summary>What of a schema has to be known where tables are written without a server.</summary>
/// <param name="Weights">Of the collations that keys are put in order by, packed.</param>
/// <param name="Maps">Of character sets of one byte a character: what its upper half stands for.</param>
sealed record SchemaForms(IReadOnlyDictionary<string, byte[]> Weights, IReadOnlyDictionary<string, string> Maps)
{
    readonly Lazy<KnownTexts> texts = new(() => new(Weights.ToDictionary(pair => pair.Key, pair => CollationWeights.Unpack(pair.Value)), Maps.ToDictionary(pair => pair.Key, pair => new CharacterMap(pair.Value))));

    public KnownTexts Texts() => texts.Value;

    /// <summary>Forms of tables that a server is asked for, while it has the schema.</summary>
    public static async Task<(SchemaForms Forms, IReadOnlyDictionary<TableName, TableForm> Tables)> ReadAsync(ServerConnection connection, CancellationToken cancellationToken)
    {
        var collations = await connection.QueryAsync(
            $"SELECT DISTINCT collation_name FROM information_schema.columns WHERE column_key <> '' AND collation_name IS NOT NULL AND table_schema NOT IN ({ReservedSchemas.List}) ORDER BY collation_name", cancellationToken);
        var charsets = await connection.QueryAsync(
            $"SELECT DISTINCT character_set_name FROM information_schema.columns JOIN information_schema.character_sets USING (character_set_name) WHERE maxlen = 1 AND table_schema NOT IN ({ReservedSchemas.List}) ORDER BY character_set_name", cancellationToken);
        return (await ReadAsync(connection, collations.Select(row => row[0]!), charsets.Select(row => row[0]!), cancellationToken), await TableForm.ReadAllAsync(connection, cancellationToken));
    }

    /// <param name="collations">Those of them that are not proved are left out.</param>
    /// <param name="charsets">Of one byte a character.</param>
    internal static async Task<SchemaForms> ReadAsync(ServerConnection connection, IEnumerable<string> collations, IEnumerable<string> charsets, CancellationToken cancellationToken)
    {
        var (weights, maps) = (new Dictionary<string, byte[]>(), new Dictionary<string, string>());
        foreach (var collation in collations.Where(CollationWeights.AreProved))
            weights.Add(collation, (await CollationWeights.ReadAsync(connection, collation, cancellationToken)).Pack());
        foreach (var charset in charsets)
        {
            if (await KnownTexts.ReadMapAsync(connection, charset, cancellationToken) is { } map)
                maps.Add(charset, map);
        }

        return new(weights, maps);
    }
}
