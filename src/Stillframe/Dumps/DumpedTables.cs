namespace Stillframe.Dumps;

/// <summary>The tables of a dump that is being read.</summary>
internal sealed class DumpedTables : IDisposable
{
    readonly Dictionary<TableName, TableDigest> _byName = [];
    readonly List<TableDigest> _standing = [];
    readonly List<TableDigest> _dropped = []; // their hashes may still be in use on the other thread

    /// <summary>In the order of their first statements, without those that were dropped.</summary>
    public IReadOnlyList<TableDigest> Standing => _standing;

    /// <summary>With those that were dropped, which come last.</summary>
    public IEnumerable<TableDigest> All => _standing.Concat(_dropped);

    public TableDigest? Find(TableName name) => _byName.GetValueOrDefault(name);

    public TableDigest FindOrAdd(TableName name, string hashedSchema)
    {
        if (!_byName.TryGetValue(name, out var table))
        {
            table = _byName[name] = new(name, hashedSchema);
            _standing.Add(table);
        }

        return table;
    }

    public void Drop(TableName name)
    {
        if (!_byName.Remove(name, out var table))
            return;
        _standing.Remove(table);
        _dropped.Add(table);
    }

    public void DropSchema(string? schema)
    {
        foreach (var table in _standing.Where(table => table.Name.Schema == schema).ToList())
            Drop(table.Name);
    }

    public void Dispose()
    {
        foreach (var table in All)
            table.Dispose();
    }
}
