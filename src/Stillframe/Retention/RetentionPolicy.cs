using System.Globalization;

namespace Stillframe.Retention;

/// <summary>
/// What is kept, in restic's words (its manual, "Removing snapshots according to a policy"): something that one rule keeps is kept. Periods are those of the calendar in UTC; weeks are ISO 8601's,
/// which begin on Mondays.
/// </summary>
public sealed record RetentionPolicy
{
    /// <summary>So many of the newest.</summary>
    public int Last { get; init; }

    /// <summary>The newest of each of the last so many hours that have any.</summary>
    public int Hourly { get; init; }

    /// <summary>Likewise of days.</summary>
    public int Daily { get; init; }

    /// <summary>Likewise of weeks.</summary>
    public int Weekly { get; init; }

    /// <summary>Likewise of months.</summary>
    public int Monthly { get; init; }

    /// <summary>Likewise of years.</summary>
    public int Yearly { get; init; }

    /// <summary>All that are not older than the newest by more than this; null for none.</summary>
    public CalendarSpan? Within { get; init; }

    /// <summary>All with a tag that one of these patterns matches, in which <c>*</c> stands for anything.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Without a rule nothing would be kept, which nobody means.</summary>
    internal bool IsEmpty => Last <= 0 && Hourly <= 0 && Daily <= 0 && Weekly <= 0 && Monthly <= 0 && Yearly <= 0 && Within is null && Tags.Count == 0;
}

/// <summary>A span of the calendar, as <c>1y6m7d12h</c> says it.</summary>
public sealed record CalendarSpan(int Years, int Months, int Days, int Hours)
{
    /// <summary>Null where it is none: numbers, each followed by <c>y</c>, <c>m</c>, <c>d</c> or <c>h</c>.</summary>
    public static CalendarSpan? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (span, start) = (new CalendarSpan(0, 0, 0, 0), 0);
        for (var end = 0; end < text.Length; end++)
        {
            if (char.IsAsciiDigit(text[end]))
                continue;
            if (!int.TryParse(text.AsSpan(start, end - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > 100_000)
                return null;
            switch (text[end])
            {
                case 'y': span = span with { Years = number }; break;
                case 'm': span = span with { Months = number }; break;
                case 'd': span = span with { Days = number }; break;
                case 'h': span = span with { Hours = number }; break;
                default: return null;
            }

            start = end + 1;
        }

        return start > 0 && start == text.Length ? span : null;
    }

    /// <summary>The moment that is so long before another; a day that a month has not is its last one.</summary>
    internal DateTime Before(DateTime time)
    {
        var months = 12L * Years + Months;
        try
        {
            return time.AddMonths((int)-Math.Min(months, 12L * 9999)).AddDays(-Days).AddHours(-Hours);
        }
        catch (ArgumentOutOfRangeException)
        {
            return DateTime.MinValue; // before there was a calendar
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Concat(
        new[] { (Years, "y"), (Months, "m"), (Days, "d"), (Hours, "h") }.Where(part => part.Item1 > 0).Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Item1}{part.Item2}")));
}
