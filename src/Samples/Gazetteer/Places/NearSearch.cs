using System.Data.Common;
using Dapper;

namespace Gazetteer.Places;

/// <summary>Places around a point, the nearest first.</summary>
/// <param name="Latitude">Degrees.</param>
/// <param name="Longitude">Degrees.</param>
/// <param name="Km">How far away at most.</param>
/// <param name="Language">ISO 639 code for the names of countries.</param>
/// <param name="Limit">How many places at most.</param>
public sealed record NearSearch(double Latitude, double Longitude, double Km, string? Language, int Limit)
{
    public static NearSearch Read(QueryReader query) => new(
        query.Number("lat", -90, 90),
        query.Number("lon", -180, 180),
        query.Number("km", 0, 500, missing: 10),
        query.OptionalText("language", maximumLength: 3),
        query.Integer("limit", 1, 100, missing: 20));

    public async Task<List<Place>> RunAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var box = BoundingBox.Around(Latitude, Longitude, Km);
        var parameters = new { Latitude, Longitude, Km, Language, Limit, box.South, box.North, box.West, box.East };
        return (await connection.QueryAsync<Place>(new CommandDefinition(Sql(box), parameters, cancellationToken: cancellationToken))).AsList();
    }

    // The box is what the index (lat, lng) can answer; the distance is computed only for places in it, and names looked up only for those found.
    static string Sql(BoundingBox box) =>
        $"""
        {PlaceColumns.Select}, ROUND(near.distance, 3) AS distanceKm
        FROM (
          SELECT id, distance_km(@Latitude, @Longitude, lat, lng) AS distance
          FROM place
          WHERE lat BETWEEN @South AND @North AND (lng >= @West {(box.CrossesDateLine ? "OR" : "AND")} lng <= @East)
          HAVING distance <= @Km
          ORDER BY distance, id
          LIMIT @Limit
        ) AS near
        JOIN place_detail AS detail ON detail.id = near.id
        {PlaceColumns.LocalizedCountry}
        ORDER BY near.distance, detail.id
        """;
}
