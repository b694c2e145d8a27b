using Gazetteer.Places;

namespace Stillframe.Tests.Gazetteer;

public class BoundingBoxes
{
    [Theory]
    [InlineData(-36.827, -73.05, 50)]
    [InlineData(0, 0, 500)]
    [InlineData(64.1, -21.9, 120)]
    [InlineData(85, 10, 499)]
    [InlineData(-17, 179.99, 100)]
    [InlineData(52, -179.9, 300)]
    public void Hold_every_point_of_the_circle_and_touch_it(double latitude, double longitude, double km)
    {
        var box = BoundingBox.Around(latitude, longitude, km);
        var circle = Enumerable.Range(0, 3600).Select(tenth => Destination(latitude, longitude, km, tenth / 10.0)).ToArray();
        Assert.All(circle, point => Assert.True(Holds(box, point), $"{point} is not in {box}"));
        Assert.Equal(box.North, circle.Max(point => point.Latitude), 0.0001);
        Assert.Equal(box.East, circle.Select(point => point.Longitude).MaxBy(east => Offset(longitude, east)), 0.0001);
        Assert.Equal(box.West, circle.Select(point => point.Longitude).MinBy(west => Offset(longitude, west)), 0.0001);
    }

    [Theory]
    [InlineData(89.9)]
    [InlineData(-90)]
    public void Around_a_pole_have_every_meridian(double latitude)
    {
        var box = BoundingBox.Around(latitude, 30, 100);
        Assert.Equal((-180, 180), (box.West, box.East));
        Assert.InRange(box.South, -90, box.North);
        Assert.InRange(box.North, box.South, 90);
    }

    [Fact]
    public void Cross_the_date_line_where_the_circle_does()
    {
        Assert.True(BoundingBox.Around(-17, 179.99, 100).CrossesDateLine);
        Assert.False(BoundingBox.Around(-17, 170, 100).CrossesDateLine);
    }

    static bool Holds(BoundingBox box, (double Latitude, double Longitude) point)
    {
        const double Rounding = 1e-9;
        var (west, east) = (point.Longitude >= box.West - Rounding, point.Longitude <= box.East + Rounding);
        return point.Latitude >= box.South - Rounding && point.Latitude <= box.North + Rounding && (box.CrossesDateLine ? west || east : west && east);
    }

    static double Offset(double from, double to) => Math.IEEERemainder(to - from, 360);

    // the point reached from another in a direction: the direct problem of spherical trigonometry
    static (double Latitude, double Longitude) Destination(double latitude, double longitude, double km, double bearing)
    {
        var (phi, angle, theta) = (double.DegreesToRadians(latitude), km / 6371.0088, double.DegreesToRadians(bearing));
        var end = Math.Asin(Math.Sin(phi) * Math.Cos(angle) + Math.Cos(phi) * Math.Sin(angle) * Math.Cos(theta));
        var turn = Math.Atan2(Math.Sin(theta) * Math.Sin(angle) * Math.Cos(phi), Math.Cos(angle) - Math.Sin(phi) * Math.Sin(end));
        return (double.RadiansToDegrees(end), Math.IEEERemainder(longitude + double.RadiansToDegrees(turn), 360));
    }
}
