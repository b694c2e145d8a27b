using System.Globalization;
using Stillframe.Connections;
using Stillframe.Records;

namespace Stillframe.Tablespaces;

/// <summary>What the server says of texts that it stores, and puts in order.</summary>
/// <param name="Weights">By collation.</param>
/// <param name="Maps">By character set.</param>
sealed record KnownTexts(IReadOnlyDictionary<string, CollationWeights> Weights, IReadOnlyDictionary<string, CharacterMap> Maps)
{
    public static KnownTexts None { get; } = new(new Dictionary<string, CollationWeights>(), new Dictionary<string, CharacterMap>());

    /// <summary>Character sets whose characters are one byte, in the tables of a query's FROM and WHERE.</summary>
    public static async Task<Dictionary<string, string>> ReadMapsAsync(ServerConnection connection, string tables, CancellationToken cancellationToken)
    {
        var maps = new Dictionary<string, string>();
        foreach (var row in await connection.QueryAsync($"SELECT DISTINCT character_set_name {tables} ORDER BY character_set_name", cancellationToken))
        {
            if (row[0] is { } charset && await ReadMapAsync(connection, charset, cancellationToken) is { } map)
                maps.Add(charset, map);
        }

        return maps;
    }

    public static CharacterMap MapOf(string upper) => new(upper.ToCharArray());

    /// <returns>Characters of its upper half, zero where it has none; null where the lower half is not ASCII.</returns>
    static async Task<string?> ReadMapAsync(ServerConnection connection, string charset, CancellationToken cancellationToken)
    {
        var one = $"CHAR(seq USING {charset})";
        var rows = await connection.QueryAsync($"SELECT HEX(CONVERT({one} USING ucs2)), HEX(CONVERT(CONVERT({one} USING ucs2) USING {charset})) = LPAD(HEX(seq), 2, '0') FROM mysql.seq_0_to_255 ORDER BY seq", cancellationToken);
        // what does not come back as it was stands for something else
        var characters = rows.Select(row => row[1] == "1" && row[0] is { Length: 4 } hex ? (char)ushort.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture) : '\0').ToArray();
        return Enumerable.Range(0, CharacterMap.Half).All(ascii => characters[ascii] == ascii) ? new(characters[CharacterMap.Half..]) : null;
    }
}
