using System.Text.RegularExpressions;

namespace Labels.Worker;

/// <summary>Objects are similar where their texts have words in common.</summary>
static partial class Similarity
{
    /// <summary>The objects that have most words in common with one of them, the most similar first; of equally similar ones the one with the smaller id.</summary>
    public static IEnumerable<long> Of(long id, IReadOnlyList<MuseumObject> all, int count)
    {
        var words = all.Where(one => one.Id == id).SelectMany(Words).ToHashSet(StringComparer.Ordinal);
        return all.Where(other => other.Id != id)
            .Select(other => (other.Id, Common: Words(other).Count(words.Contains)))
            .Where(other => other.Common > 0)
            .OrderByDescending(other => other.Common).ThenBy(other => other.Id)
            .Take(count).Select(other => other.Id);
    }

    /// <summary>Different words of at least four letters or digits, in lower case.</summary>
    static HashSet<string> Words(MuseumObject one) => Word().Matches(one.Text.ToLowerInvariant()).Select(match => match.Value).Where(word => word.Length >= 4).ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex("[a-z0-9]+")]
    private static partial Regex Word();
}
