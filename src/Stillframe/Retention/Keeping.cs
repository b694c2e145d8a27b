using System.Globalization;
using System.Text.RegularExpressions;

namespace Stillframe.Retention;

/// <summary>Decides what a policy keeps.</summary>
static class Keeping
{
    /// <summary>Why each is kept; no reason at all where it is not.</summary>
    /// <param name="items">In any order; of equal times, the first one counts as newer.</param>
    public static IReadOnlyList<IReadOnlyList<string>> Reasons(RetentionPolicy policy, IReadOnlyList<(DateTimeOffset Time, IReadOnlyList<string> Tags)> items)
    {
        var reasons = items.Select(_ => new List<string>()).ToList();
        var newestFirst = items.Select((item, i) => (Time: item.Time.UtcDateTime, item.Tags, Index: i)).OrderByDescending(item => item.Time).ThenBy(item => item.Index).ToList();
        var rules = new (string Name, int Count, Func<DateTime, int, object> Period)[]
        {
            ("last", policy.Last, (_, place) => place),
            ("hourly", policy.Hourly, (time, _) => (time.Date, time.Hour)),
            ("daily", policy.Daily, (time, _) => time.Date),
            ("weekly", policy.Weekly, (time, _) => (ISOWeek.GetYear(time), ISOWeek.GetWeekOfYear(time))),
            ("monthly", policy.Monthly, (time, _) => (time.Year, time.Month)),
            ("yearly", policy.Yearly, (time, _) => time.Year),
        };
        foreach (var (name, count, period) in rules)
        {
            var seen = new HashSet<object>();
            for (var place = 0; place < newestFirst.Count && seen.Count < count; place++)
                if (seen.Add(period(newestFirst[place].Time, place)))
                    reasons[newestFirst[place].Index].Add(name);
        }

        var patterns = policy.Tags.Select(tag => (Text: tag, Regex: new Regex($"^{Regex.Escape(tag).Replace("\\*", ".*", StringComparison.Ordinal)}\\z", RegexOptions.CultureInvariant))).ToList();
        foreach (var item in newestFirst)
        {
            if (policy.Within is { } span && item.Time >= span.Before(newestFirst[0].Time))
                reasons[item.Index].Add($"within {span}");
            foreach (var (text, regex) in patterns)
                if (item.Tags.Any(tag => regex.IsMatch(tag)))
                    reasons[item.Index].Add($"tag {text}");
        }

        return reasons;
    }
}
