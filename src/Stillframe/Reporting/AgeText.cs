using System.Globalization;

namespace Stillframe.Reporting;

/// <summary>Ages as people read them, rounded down: <c>40 s</c>, <c>12 min</c>, <c>5 h</c>, <c>3 d</c>.</summary>
static class AgeText
{
    public static string Of(TimeSpan age) => age switch
    {
        { TotalSeconds: < 60 } => Number(Math.Max(0, age.TotalSeconds), "s"),
        { TotalMinutes: < 60 } => Number(age.TotalMinutes, "min"),
        { TotalHours: < 48 } => Number(age.TotalHours, "h"),
        _ => Number(age.TotalDays, "d"),
    };

    static string Number(double value, string unit) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(value):N0} {unit}");
}
