using Stillframe.Dumps;

namespace Stillframe.Layers;

/// <summary>
/// Splits a frozen data directory so that a build pushes what changed: the server's own files, one layer for each big table,
/// small tables together, and last what is different in every build.
/// </summary>
public static class DataLayers
{
    /// <summary>Of every table's indexes.</summary>
    static readonly string[] Statistics = [ReservedSchemas.System + ".innodb_table_stats", ReservedSchemas.System + ".innodb_index_stats"];

    /// <param name="linked">Files whose contents are in layers of their own; null where all tables are to be planned.</param>
    public static IReadOnlyList<LayerPlan> Plan(string directory, DataLayerOptions? options = null, IReadOnlySet<string>? linked = null)
    {
        options ??= new();
        var tables = DataFiles.Of(directory).Where(file => linked?.Contains(file.Relative) != true).ToLookup(file => file.Schema switch
        {
            null or ReservedSchemas.Frame => Kind.Frame, // its table is different in every build
            var schema when ReservedSchemas.Server.Contains(schema) => Statistics.Contains(file.Table) ? Kind.Frame : Kind.System,
            _ => linked is null ? Kind.Table : Kind.Frame,
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
        plans.Add(Plan("frame description", tables[Kind.Frame], options));
        return plans;
    }

    static IEnumerable<LayerPlan> PlanTables(IReadOnlyList<DataFile> files, DataLayerOptions options)
    {
        var tables = files.ToLookup(file => file.Table, StringComparer.Ordinal);
        return from members in TableGroups.Of(tables.Select(table => (table.Key, table.Sum(file => file.Size))), options)
               select Plan(TableGroups.NameOf(members), members.SelectMany(table => tables[table]), options);
    }

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

    enum Kind
    {
        System,
        Table,
        Frame,
    }
}
