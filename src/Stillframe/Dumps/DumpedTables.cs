namespace Stillframe.Dumps;

/// <summary>The tables of a dump that is being read.</summary>
internal sealed class DumpedTables : IDisposable
{
    readonly Dictionary<TableName, TableDigest> byName = [];
    readonly List<TableDigest> standing = [];
    readonly List<TableDigest> dropped = []; // their hashes may still be in use on the other thread

    /// <summary>In the order of their first statements, without those that were dropped.</summary>
    public IReadOnlyList<TableDigest> Standing => standing;

    /// <summary>With those that were dropped, which come last.</summary>
    public IEnumerable<TableDigest> All => standing.Concat(dropped);

    public TableDigest? Find(TableName name) => byName.GetValueOrDefault(name);

    public TableDigest FindOrAdd(TableName name, string hashedSchema)
    {
        if (!byName.TryGetValue(name, out var table))
        {
            table = byName[name] = new(name, hashedSchema);
            standing.Add(table);
        }

        return table;
    }

    public void Drop(TableName name)
    {
        if (!byName.Remove(name, out var table))
            return;
        standing.Remove(table);
        dropped.Add(table);
    }

    public void DropSchema(string? schema)
    {
        foreach (var table in standing.Where(table => table.Name.Schema == schema).ToList())
            Drop(table.Name);
    }

    public void Dispose()
    {
        foreach (var table in All)
            table.Dispose();
    }
}
