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

    /// <param name="charset">Of one byte a character.</param>
    /// <returns>Characters of its upper half, zero where it has none; null where the lower half is not ASCII.</returns>
    public static async Task<string?> ReadMapAsync(ServerConnection connection, string charset, CancellationToken cancellationToken)
    {
        var one = $"CHAR(seq USING {charset})";
        var rows = await connection.QueryAsync($"SELECT HEX(CONVERT({one} USING ucs2)), HEX(CONVERT(CONVERT({one} USING ucs2) USING {charset})) = LPAD(HEX(seq), 2, '0') FROM mysql.seq_0_to_255 ORDER BY seq", cancellationToken);
        // what does not come back as it was stands for something else
        var characters = rows.Select(row => row[1] == "1" && row[0] is { Length: 4 } hex ? (char)ushort.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture) : '\0').ToArray();
        return Enumerable.Range(0, CharacterMap.Half).All(ascii => characters[ascii] == ascii) ? new(characters[CharacterMap.Half..]) : null;
    }
}
