using System.Data.Common;
using Dapper;

namespace Gazetteer.Places;

/// <summary>Places of a name, or with a name that starts so. Case and accents make no difference, but those that have them right come first.</summary>
/// <param name="Language">ISO 639 code for the names of countries.</param>
/// <param name="Limit">How many places at most.</param>
public sealed record NameSearch(string Name, string? Language, int Limit)
{
    // Both conditions are ranges of the same index; "=" also finds names written with combining accents, LIKE compares letter by letter.
    // The other tables are joined only to the rows that are left.
    const string Sql =
        $"""
        {PlaceColumns.Select}
        FROM (
          SELECT id, name COLLATE utf8mb4_bin = @Name AS exact, name = @Name AS whole
          FROM place
          WHERE name = @Name OR name LIKE @Prefix
          ORDER BY exact DESC, whole DESC, name, country, id
          LIMIT @Limit
        ) AS found
        JOIN place_detail AS detail ON detail.id = found.id
        {PlaceColumns.LocalizedCountry}
        ORDER BY found.exact DESC, found.whole DESC, detail.name, detail.country, detail.id
        """;

    public static NameSearch Read(QueryReader query) =>
        new(query.Text("name", maximumLength: 200), query.OptionalText("language", maximumLength: 3), query.Integer("limit", 1, 100, missing: 20));

    /// <summary>The name as a LIKE pattern, in which nothing but the end is a wildcard.</summary>
    public string Prefix => Name.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal) + "%";

    public async Task<List<Place>> RunAsync(DbConnection connection, CancellationToken cancellationToken) =>
        (await connection.QueryAsync<Place>(new CommandDefinition(Sql, this, cancellationToken: cancellationToken))).AsList();
}
