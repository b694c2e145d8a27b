using System.Globalization;

namespace Stillframe.Benchmarks.Results;

/// <summary>Numbers with as many digits as say something.</summary>
static class Quantity
{
    public static string Format(double value, string unit) =>
        value.ToString(value is 0 or >= 100 ? "N0" : value >= 10 ? "0.#" : "0.##", CultureInfo.InvariantCulture) + (unit.StartsWith('/') ? unit : " " + unit);

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
