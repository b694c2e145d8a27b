using System.Numerics;

namespace Stillframe.Layers;

/// <summary>Which tables share a layer.</summary>
static class TableGroups
{
    const int MostGroups = 32;

    /// <summary>Layers besides those of tables: system files, frame description, link map.</summary>
    const int Others = 3;

    /// <param name="tables">Names, such as <c>shop.orders</c>, and sizes in bytes.</param>
    /// <returns>Each in ordinal order of its tables' names.</returns>
    public static IEnumerable<IReadOnlyList<string>> Of(IEnumerable<(string Name, long Size)> tables, DataLayerOptions options)
    {
        var sorted = tables.OrderBy(table => table.Name, StringComparer.Ordinal).ToList();
        var mostGroups = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(options.MaxLayers / 4, 1, MostGroups));
        var room = Math.Max(0, options.MaxLayers - Others - mostGroups);
        var big = sorted.Where(table => table.Size >= options.BigTable)
            .OrderByDescending(table => table.Size).ThenBy(table => table.Name, StringComparer.Ordinal)
            .Take(room).Select(table => table.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, _) in sorted.Where(table => big.Contains(table.Name)))
            yield return [name];

        var small = sorted.Where(table => !big.Contains(table.Name)).ToList();
        var groups = Math.Min((uint)mostGroups, BitOperations.RoundUpToPowerOf2((uint)Math.Clamp((small.Sum(table => table.Size) + options.Group - 1) / options.Group, 1, mostGroups)));
        // a table's group follows from its name alone, so that one that grows does not push its neighbours into other layers
        foreach (var group in small.GroupBy(table => Hash(table.Name) % groups).OrderBy(group => group.Key))
            yield return [.. group.Select(table => table.Name)];
    }

    public static string NameOf(IReadOnlyList<string> tables) =>
        tables.Count == 1 ? $"table {tables[0]}" : $"{tables.Count} tables, {tables[0]} to {tables[^1]}";

    /// <summary>FNV-1a: the same on every machine and runtime.</summary>
    static uint Hash(string text) => text.Aggregate(2166136261u, (hash, c) => unchecked((hash ^ c) * 16777619u));
}
