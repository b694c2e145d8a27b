namespace Stillframe.Layers;

/// <summary>
/// The order of a layer's entries: by ordinal path, every directory once and before what is in it. Which order does not
/// matter to a runtime, that there is only one does.
/// </summary>
static class LayerOrder
{
    /// <exception cref="ArgumentException">Two entries have one path, or one lies below a file or link.</exception>
    public static IReadOnlyList<LayerEntry> Of(IEnumerable<LayerEntry> entries)
    {
        var byPath = new SortedDictionary<string, LayerEntry>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (!byPath.TryAdd(entry.Path, entry) && entry is not LayerEntry.Directory)
                throw new ArgumentException($"'{entry.Path}' is there twice.", nameof(entries));
        }

        foreach (var path in byPath.Keys.ToList())
        {
            for (var parent = Parent(path); parent is not null; parent = Parent(parent))
            {
                if (!byPath.TryGetValue(parent, out var above))
                    byPath.Add(parent, new LayerEntry.Directory(parent));
                else if (above is not LayerEntry.Directory)
                    throw new ArgumentException($"'{path}' lies below '{parent}', which is no directory.", nameof(entries));
            }
        }

        return [.. byPath.Values];
    }

    static string? Parent(string path) => path.LastIndexOf('/') is > 0 and var slash ? path[..slash] : null;
}
