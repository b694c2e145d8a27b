using System.Numerics;

namespace Stillframe.Layers;

/// <summary>
/// Splits a frozen data directory so that a build pushes what changed: the server's own files, one layer for each big table,
/// small tables together, and last what is different in every build.
/// </summary>
public static class DataLayers
{
    static readonly string[] SystemSchemas = ["mysql", "performance_schema", "sys"];

    /// <summary>The schema of the frame's own table, which names the data version: different in every build.</summary>
    const string FrameSchema = "stillframe";

    public static IReadOnlyList<LayerPlan> Plan(string directory, DataLayerOptions? options = null)
    {
        options ??= new();
        var tables = DataFiles.Of(directory).ToLookup(file => file.Schema switch
        {
            null => Kind.System,
            var schema when SystemSchemas.Contains(schema) => Kind.System,
            FrameSchema => Kind.Frame,
            _ => Kind.Table,
        });

        var system = new List<LayerEntry>(tables[Kind.System].Select(file => file.ToEntry(options)));
        system.Add(new LayerEntry.Directory(options.ImagePath, options.DirectoryMode, options.UserId, options.GroupId));
        system.AddRange(Schemas(directory, options));
        // a temporary file system mounted here takes this mode over, and runs as root's
        system.Add(new LayerEntry.Directory(options.RunPath, Modes.Sticky));
        if (options.HideBase)
            system.Add(new LayerEntry.Content(options.ImagePath + "/.wh..wh..opq", [], options.FileMode));

        var plans = new List<LayerPlan> { new("system files", system) };
        plans.AddRange(PlanTables([.. tables[Kind.Table]], options));
        if (tables[Kind.Frame].Any())
            plans.Add(Plan("frame description", tables[Kind.Frame], options));
        return plans;
    }

    static IEnumerable<LayerPlan> PlanTables(IReadOnlyList<DataFile> files, DataLayerOptions options)
    {
        var tables = files.GroupBy(file => file.Table, StringComparer.Ordinal)
            .Select(table => (Name: table.Key, Size: table.Sum(file => file.Size), Files: table.ToList()))
            .OrderBy(table => table.Name, StringComparer.Ordinal)
            .ToList();

        var room = Math.Max(0, options.MaxLayers - 2 - MaxGroups);
        var big = tables.Where(table => table.Size >= options.BigTable)
            .OrderByDescending(table => table.Size).ThenBy(table => table.Name, StringComparer.Ordinal)
            .Take(room).Select(table => table.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var table in tables.Where(table => big.Contains(table.Name)))
            yield return Plan($"table {table.Name}", table.Files, options);

        var small = tables.Where(table => !big.Contains(table.Name)).ToList();
        var groups = GroupCount(small.Sum(table => table.Size), options);
        // a table's group follows from its name alone, so that one that grows does not push its neighbours into other layers
        foreach (var group in small.GroupBy(table => Hash(table.Name) % groups).OrderBy(group => group.Key))
        {
            var members = group.ToList();
            var name = members.Count == 1 ? $"table {members[0].Name}" : $"{members.Count} tables, {members[0].Name} to {members[^1].Name}";
            yield return Plan(name, members.SelectMany(table => table.Files), options);
        }
    }

    const int MaxGroups = 16;

    static uint GroupCount(long size, DataLayerOptions options) =>
        Math.Min(MaxGroups, BitOperations.RoundUpToPowerOf2((uint)Math.Clamp((size + options.Group - 1) / options.Group, 1, MaxGroups)));

    static LayerPlan Plan(string name, IEnumerable<DataFile> files, DataLayerOptions options)
    {
        var list = files.ToList();
        var entries = new List<LayerEntry>(list.Select(file => file.ToEntry(options)));
        foreach (var schema in list.Select(file => file.Schema).OfType<string>().Distinct())
            entries.Add(Directory(schema, options));
        entries.Add(new LayerEntry.Directory(options.ImagePath, options.DirectoryMode, options.UserId, options.GroupId));
        return new(name, entries);
    }

    // every schema's directory, also of one without tables
    static IEnumerable<LayerEntry> Schemas(string directory, DataLayerOptions options) =>
        System.IO.Directory.EnumerateDirectories(directory, "*", SearchOption.AllDirectories)
            .Select(path => Directory(Path.GetRelativePath(directory, path).Replace('\\', '/'), options));

    static LayerEntry.Directory Directory(string name, DataLayerOptions options) =>
        new($"{options.ImagePath}/{name}", options.DirectoryMode, options.UserId, options.GroupId);

    /// <summary>FNV-1a: the same on every machine and runtime.</summary>
    static uint Hash(string text) => text.Aggregate(2166136261u, (hash, c) => unchecked((hash ^ c) * 16777619u));

    enum Kind
    {
        System,
        Table,
        Frame,
    }
}
