namespace Gazetteer.Places;

/// <param name="Latitude">Degrees, WGS 84.</param>
/// <param name="Longitude">Degrees, WGS 84.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="CountryName">In the language asked for where it is known, otherwise in English.</param>
/// <param name="Admin1">Name of the first-level division: state, province.</param>
/// <param name="Admin2">Name of the second-level division: county, district.</param>
/// <param name="DistanceKm">From the point asked for; only in <c>/places/near</c>.</param>
public sealed record Place(
    long Id,
    string Name,
    decimal Latitude,
    decimal Longitude,
    string Country,
    string CountryName,
    string? Admin1,
    string? Admin2,
    double? DistanceKm = null);
