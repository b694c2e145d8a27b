using Stillframe.Dumps;
using Stillframe.Freezing;
using Stillframe.Loading;

namespace Stillframe.Layers;

/// <summary>
/// Splits a frozen data directory so that a build pushes what changed: the server's own files, one layer for each big table,
/// small tables together, and last what is different in every build.
/// </summary>
static class DataLayers
{
    static readonly string[] Statistics = [.. StatisticsStore.Tables.Select(table => table.ToString())];

    /// <summary>
    /// Hides what the base image has at that place: a distribution's server package makes a data directory there, and a server must not find half of it.
    /// OCI image specification, "Image Layer Filesystem Changeset", section "Opaque Whiteout".
    /// </summary>
    const string OpaqueWhiteout = ".wh..wh..opq";

    /// <param name="linked">Files whose contents are in layers of their own; null where all tables are to be planned.</param>
    /// <param name="links">Beside the directory's files.</param>
    public static IReadOnlyList<LayerPlan> Plan(string directory, DataLayerOptions? options = null, IReadOnlySet<string>? linked = null, IReadOnlyList<LayerEntry>? links = null)
    {
        options ??= new();
        var tables = DataFiles.Of(directory).Where(file => linked?.Contains(file.Relative) != true).ToLookup(file => file.Schema switch
        {
            null or ReservedSchemas.Frame => Kind.Frame, // its table is different in every build
            var schema when ReservedSchemas.Server.Contains(schema) => Statistics.Contains(file.Table) ? Kind.Frame : Kind.System,
            _ => linked is null ? Kind.Table : Kind.Frame,
        });

        var system = new List<LayerEntry>(tables[Kind.System].Select(file => file.ToEntry()));
        system.Add(new LayerEntry.Directory(ReadOnlyServer.DataDirectory));
        system.AddRange(Schemas(directory));
        system.AddRange(links ?? []);
        // a temporary file system mounted here takes this mode over, and runs as root's
        system.Add(new LayerEntry.Directory(ReadOnlyServer.RunDirectory, Modes.Sticky));
        system.Add(new LayerEntry.Content(DataFile.PathInImage(OpaqueWhiteout), []));

        var plans = new List<LayerPlan> { new("system files", system) };
        plans.AddRange(PlanTables([.. tables[Kind.Table]], options));
        plans.Add(Plan("frame description", tables[Kind.Frame]));
        return plans;
    }

    static IEnumerable<LayerPlan> PlanTables(IReadOnlyList<DataFile> files, DataLayerOptions options)
    {
        var tables = files.ToLookup(file => file.Table, StringComparer.Ordinal);
        return from members in TableGroups.Of(tables.Select(table => (table.Key, table.Sum(file => file.Size))), options)
               select Plan(TableGroups.NameOf(members), members.SelectMany(table => tables[table]));
    }

    static LayerPlan Plan(string name, IEnumerable<DataFile> files)
    {
        var list = files.ToList();
        var entries = new List<LayerEntry>(list.Select(file => file.ToEntry()));
        foreach (var schema in list.Select(file => file.Schema).OfType<string>().Distinct())
            entries.Add(Directory(schema));
        entries.Add(new LayerEntry.Directory(ReadOnlyServer.DataDirectory));
        return new(name, entries);
    }

    // every schema's directory, also of one without tables
    static IEnumerable<LayerEntry> Schemas(string directory) =>
        System.IO.Directory.EnumerateDirectories(directory, "*", SearchOption.AllDirectories)
            .Select(path => Directory(Path.GetRelativePath(directory, path).Replace('\\', '/')));

    static LayerEntry.Directory Directory(string name) => new(DataFile.PathInImage(name));

    enum Kind
    {
        System,
        Table,
        Frame,
    }
}
