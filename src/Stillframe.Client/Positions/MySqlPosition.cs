using System.Text;

namespace Stillframe.Client.Positions;

/// <summary>A set of transactions: of each server, and each tag of it, the numbers.</summary>
/// <remarks>MySQL manual, "GTID Sets": <c>uuid[:tag]:interval[:interval]…[:tag:interval…][,…]</c>; tags since 8.3.</remarks>
sealed class MySqlPosition : FramePosition
{
    const int LongestTag = 32;

    readonly SortedDictionary<(Guid Server, string Tag), Intervals> numbers;

    MySqlPosition(IEnumerable<((Guid Server, string Tag) Source, (long First, long Last) Interval)> all) =>
        numbers = new(all.GroupBy(one => one.Source, one => one.Interval).ToDictionary(source => source.Key, source => Intervals.Of(source)), Order);

    MySqlPosition(IEnumerable<KeyValuePair<(Guid Server, string Tag), Intervals>> all) => numbers = new(all.ToDictionary(), Order);

    /// <summary>As the server writes them: by the server's id as text.</summary>
    static Comparer<(Guid Server, string Tag)> Order { get; } = Comparer<(Guid Server, string Tag)>.Create((a, b) =>
        string.CompareOrdinal(a.Server.ToString(), b.Server.ToString()) is not 0 and var order ? order : string.CompareOrdinal(a.Tag, b.Tag));

    public static MySqlPosition? TryParse(string text)
    {
        var all = new List<((Guid Server, string Tag) Source, (long First, long Last) Interval)>();
        foreach (var set in text.Split(','))
        {
            var parts = set.Split(':', StringSplitOptions.TrimEntries);
            if (!Guid.TryParseExact(parts[0], "D", out var server))
                return null;
            var (tag, counts) = ("", false);
            foreach (var part in parts.Skip(1))
            {
                if (Intervals.TryParse(part) is { } interval)
                    all.Add(((server, tag), interval));
                else if (IsTag(part))
                    tag = part.ToLowerInvariant();
                else
                    return null;
                counts = char.IsAsciiDigit(part[0]);
            }

            if (!counts)
                return null; // nothing follows the server or its tag
        }

        return new(all);
    }

    public override bool Contains(FramePosition other) =>
        other is MySqlPosition theirs && theirs.numbers.All(one => numbers.TryGetValue(one.Key, out var ours) && ours.Contains(one.Value));

    public override FramePosition With(FramePosition other) => other is MySqlPosition theirs
        ? new MySqlPosition(numbers.Concat(theirs.numbers).GroupBy(one => one.Key, one => one.Value).Select(one => KeyValuePair.Create(one.Key, one.Aggregate((a, b) => a.With(b)))))
        : Unknown;

    public override string ToString()
    {
        var text = new StringBuilder();
        Guid? before = null;
        foreach (var ((server, tag), intervals) in numbers)
        {
            if (before != server)
                text.Append(text.Length > 0 ? "," : "").Append(server);
            if (tag.Length > 0)
                text.Append(':').Append(tag);
            text.Append(':').Append(intervals);
            before = server;
        }

        return text.ToString();
    }

    static bool IsTag(string text) => text.Length is > 0 and <= LongestTag && !char.IsAsciiDigit(text[0]) && text.All(one => char.IsAsciiLetterOrDigit(one) || one == '_');
}
