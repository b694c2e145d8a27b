using System.Text.RegularExpressions;

namespace Stillframe.Inspection;

/// <summary>Which of several images is newer by their tags alone, where no time tells: numbers count as numbers, so 1.10 is newer than 1.9.</summary>
/// <remarks>Own: <c>CompareOptions.NumericOrdering</c> needs ICU, and is silently ordinal without it.</remarks>
static partial class TagOrder
{
    /// <summary>Positive where the first is newer, 0 where tags don't tell.</summary>
    /// <param name="first">Tags that say nothing of an age (<c>data-…</c>, <c>latest</c>) are passed over.</param>
    public static int Compare(IReadOnlyList<string> first, IReadOnlyList<string> second) => Compare(Best(first), Best(second));

    /// <summary>The newest of an image's tags; null where none says anything.</summary>
    static string? Best(IReadOnlyList<string> tags) => tags.Where(Tells).MaxBy(tag => tag, Comparer<string>.Create(Compare));

    static bool Tells(string tag) => tag != "latest" && !tag.StartsWith("data-", StringComparison.Ordinal);

    /// <summary>A version is newer than a name.</summary>
    static int Compare(string? one, string? other)
    {
        if (one is null || other is null)
            return (one is not null).CompareTo(other is not null);
        var (left, right) = (Version().Match(one), Version().Match(other));
        if (!left.Success || !right.Success)
            return left.Success != right.Success ? left.Success.CompareTo(right.Success) : CompareText(one, other);
        var byNumbers = CompareNumbers(left.Groups["numbers"].Value.Split('.'), right.Groups["numbers"].Value.Split('.'));
        if (byNumbers != 0)
            return byNumbers;
        // Semantic Versioning 2.0.0, section 11: what is before a release
        var (before, beforeOther) = (left.Groups["before"].Value, right.Groups["before"].Value);
        var byRelease = (before.Length == 0).CompareTo(beforeOther.Length == 0);
        return byRelease != 0 ? byRelease : CompareText(before, beforeOther);
    }

    static int CompareNumbers(string[] one, string[] other)
    {
        for (var i = 0; i < Math.Max(one.Length, other.Length); i++)
        {
            if (CompareNumber(i < one.Length ? one[i] : "", i < other.Length ? other[i] : "") is var order and not 0)
                return order;
        }

        return 0;
    }

    /// <summary>Digits of any number: a tag may be a time.</summary>
    static int CompareNumber(string one, string other)
    {
        (one, other) = (one.TrimStart('0'), other.TrimStart('0'));
        return one.Length != other.Length ? one.Length.CompareTo(other.Length) : string.CompareOrdinal(one, other);
    }

    /// <summary>As people order names: digits as the number that they are.</summary>
    static int CompareText(string one, string other)
    {
        var (left, right) = (Parts().Matches(one), Parts().Matches(other));
        foreach (var (a, b) in left.Zip(right, (a, b) => (a.Value, b.Value)))
        {
            var order = char.IsAsciiDigit(a[0]) && char.IsAsciiDigit(b[0]) ? CompareNumber(a, b) : string.CompareOrdinal(a, b);
            if (order != 0)
                return order;
        }

        return left.Count.CompareTo(right.Count);
    }

    [GeneratedRegex(@"^[vV]?(?<numbers>[0-9]+(\.[0-9]+)*)([-_](?<before>.+))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Version();

    [GeneratedRegex("[0-9]+|[^0-9]+")]
    private static partial Regex Parts();
}
