using System.Data.Common;
using Gazetteer.Database;

namespace Gazetteer.Places;

/// <summary>What every query for places selects, and how its rows are read.</summary>
static class PlaceColumns
{
    public const string Select =
        "SELECT detail.id, detail.name, detail.lat, detail.lng, detail.country, COALESCE(localized.name, detail.country_name), detail.admin1_name, detail.admin2_name";

    public const string LocalizedCountry =
        "LEFT JOIN country_name AS localized ON localized.country = detail.country AND localized.language = @language";

    public static Place Read(DbDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetDecimal(2), row.GetDecimal(3), row.GetString(4), row.GetString(5), row.Text(6), row.Text(7));

    /// <summary>The same with the distance in km after them.</summary>
    public static Place ReadWithDistance(DbDataReader row) => Read(row) with { DistanceKm = Math.Round(row.GetDouble(8), 3) };
}
