namespace Gazetteer.Places;

/// <summary>All points between two parallels and two meridians, in degrees.</summary>
/// <param name="West">Greater than <paramref name="East"/> where the box crosses the date line.</param>
public sealed record BoundingBox(double South, double North, double West, double East)
{
    // the same mean radius as in the database's function distance_km
    const double EarthRadiusKm = 6371.0088;

    public bool CrossesDateLine => West > East;

    /// <summary>The smallest box that holds every point within a distance (Bronstein et al., spherical trigonometry: the circle's outermost meridians touch it).</summary>
    public static BoundingBox Around(double latitude, double longitude, double km)
    {
        var angle = km / EarthRadiusKm;
        var south = latitude - double.RadiansToDegrees(angle);
        var north = latitude + double.RadiansToDegrees(angle);
        if (south <= -90 || north >= 90)
            return new(Math.Max(south, -90), Math.Min(north, 90), -180, 180); // a pole is inside, and with it every meridian

        var width = double.RadiansToDegrees(Math.Asin(Math.Sin(angle) / Math.Cos(double.DegreesToRadians(latitude))));
        return new(south, north, Wrap(longitude - width), Wrap(longitude + width));
    }

    static double Wrap(double longitude) => longitude switch
    {
        < -180 => longitude + 360,
        > 180 => longitude - 360,
        _ => longitude,
    };
}
