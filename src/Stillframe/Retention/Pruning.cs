using System.Globalization;
using Stillframe.Oci;

namespace Stillframe.Retention;

/// <summary>Something that is kept or removed.</summary>
/// <param name="Reasons">Why it is kept; none where it goes.</param>
public sealed record PrunedItem(Digest Digest, IReadOnlyList<string> Tags, DateTimeOffset Time, string DataVersion, long Size, IReadOnlyList<string> Reasons)
{
    /// <summary>Whether a rule keeps it.</summary>
    public bool IsKept => Reasons.Count > 0;
}

/// <summary>What a prune does, or would do.</summary>
/// <param name="Of"><c>backup</c> or <c>frame</c>.</param>
/// <param name="Items">Newest first.</param>
/// <param name="IsDone">False where it was only shown.</param>
public sealed record Pruning(string Repository, string Of, IReadOnlyList<PrunedItem> Items, bool IsDone)
{
    /// <summary>What else there is to know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>For people.</summary>
    public IEnumerable<string> Lines()
    {
        var table = new TextTable("", "time", "data version", "<size", "tags", "because");
        foreach (var item in Items)
        {
            table.Add(
                item.IsKept ? "keep" : "remove",
                item.Time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                item.DataVersion[..Math.Min(12, item.DataVersion.Length)],
                ByteCount.Text(item.Size),
                string.Join(' ', item.Tags),
                item.IsKept ? string.Join(", ", item.Reasons) : "no rule keeps it");
        }

        var removed = Items.Count(item => !item.IsKept);
        return [
            .. Items.Count == 0 ? [] : table.Lines().Append(""),
            .. Notes,
            $"{Repository}: {Items.Count - removed} of {Items.Count} {Of}s kept, {removed} {(IsDone ? "removed" : "would be removed; nothing was, without '--yes'")}.",
        ];
    }
}
