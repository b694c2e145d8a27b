namespace Gazetteer.Places;

/// <summary>What every query for places selects: a column for each property of <see cref="Place"/>, under its name.</summary>
static class PlaceColumns
{
    public const string Select =
        """
        SELECT detail.id, detail.name, detail.lat AS latitude, detail.lng AS longitude, detail.country,
          COALESCE(localized.name, detail.country_name) AS countryName, detail.admin1_name AS admin1, detail.admin2_name AS admin2
        """;

    public const string LocalizedCountry =
        "LEFT JOIN country_name AS localized ON localized.country = detail.country AND localized.language = @Language";
}
