namespace Gazetteer.Places;

/// <summary>A row of a query and an element of an answer: Dapper fills it by the names of <see cref="PlaceColumns"/>.</summary>
public sealed record Place
{
    public long Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Degrees, WGS 84.</summary>
    public decimal Latitude { get; init; }

    /// <summary>Degrees, WGS 84.</summary>
    public decimal Longitude { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public required string Country { get; init; }

    /// <summary>In the language asked for where it is known, otherwise in English.</summary>
    public required string CountryName { get; init; }

    /// <summary>Name of the first-level division: state, province.</summary>
    public string? Admin1 { get; init; }

    /// <summary>Name of the second-level division: county, district.</summary>
    public string? Admin2 { get; init; }

    /// <summary>From the point asked for; only in <c>/places/near</c>.</summary>
    public double? DistanceKm { get; init; }
}
