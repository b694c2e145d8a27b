using System.Globalization;

namespace Stillframe.Client.Positions;

/// <summary>A set of numbers, as few intervals as possible in ascending order.</summary>
sealed class Intervals
{
    readonly List<(long First, long Last)> all;

    Intervals(List<(long First, long Last)> all) => this.all = all;

    public static Intervals Of(IEnumerable<(long First, long Last)> intervals)
    {
        var all = new List<(long First, long Last)>();
        foreach (var one in intervals.Order())
        {
            if (all.Count > 0 && one.First <= all[^1].Last + 1)
                all[^1] = (all[^1].First, Math.Max(all[^1].Last, one.Last));
            else
                all.Add(one);
        }

        return new(all);
    }

    /// <param name="text">As <c>5</c> or <c>1-77</c>.</param>
    public static (long First, long Last)? TryParse(ReadOnlySpan<char> text)
    {
        var dash = text.IndexOf('-');
        return long.TryParse(dash < 0 ? text : text[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && long.TryParse(dash < 0 ? text : text[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && first > 0 && first <= last && last < long.MaxValue // MySQL's numbers end one before
            ? (first, last)
            : null;
    }

    public Intervals With(Intervals other) => Of(all.Concat(other.all));

    public bool Contains(Intervals other)
    {
        var at = 0;
        foreach (var (first, last) in other.all)
        {
            while (at < all.Count && all[at].Last < first)
                at++;
            if (at == all.Count || all[at].First > first || all[at].Last < last)
                return false;
        }

        return true;
    }

    public override string ToString() => string.Join(':', all.Select(one => one.First == one.Last
        ? one.First.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{one.First}-{one.Last}")));
}
