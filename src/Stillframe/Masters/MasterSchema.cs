using Stillframe.Connections;
using Stillframe.Dumps;

namespace Stillframe.Masters;

/// <summary>What a schema of a master has that a dump takes.</summary>
sealed record MasterSchema(string Name, IReadOnlyList<TableName> Sequences, IReadOnlyList<MasterTable> Tables, IReadOnlyList<TableName> Views)
{
    /// <summary>The schemas asked for; all that are not the server's own where none is.</summary>
    /// <exception cref="StillframeException">SF5001, SF5002; SF5003 for a schema that is not there; SF5005.</exception>
    public static async Task<IReadOnlyList<MasterSchema>> ReadAllAsync(MasterSession session, IReadOnlyList<string> asked, CancellationToken cancellationToken)
    {
        var there = (await session.QueryAsync($"SELECT schema_name FROM information_schema.schemata WHERE schema_name NOT IN ({ReservedSchemas.List}) ORDER BY schema_name", cancellationToken))
            .Select(row => row[0]!).ToList();
        if (asked.FirstOrDefault(name => !there.Contains(name)) is { } missing)
            throw new StillframeException(
                ErrorCodes.MasterNotDumped, $"The master has no database '{missing}' that this account sees. It sees: {string.Join(", ", there)}. Correct Database of DatabaseMaster, or GRANT SELECT on it.");
        if (there.Count == 0)
            throw new StillframeException(ErrorCodes.MasterNotDumped, "The master has no database that this account sees. GRANT SELECT on what is to be dumped.");
        var schemas = new List<MasterSchema>();
        await MasterRights.RequireAsync(session, asked.Count > 0 ? asked : there, cancellationToken);
        foreach (var name in asked.Count > 0 ? asked : there)
            schemas.Add(await ReadAsync(session, name, cancellationToken));
        return schemas;
    }

    /// <summary>Whether it still has the tables, sequences and views that it had.</summary>
    /// <exception cref="StillframeException">SF5001, SF5002.</exception>
    public async Task<bool> IsAsReadAsync(MasterSession session, CancellationToken cancellationToken) =>
        (await ListAsync(session, Name, cancellationToken)).Select(one => one.Name).ToHashSet().SetEquals(Sequences.Concat(Tables.Select(table => table.Name)).Concat(Views));

    static async Task<List<(TableName Name, string Type)>> ListAsync(MasterSession session, string schema, CancellationToken cancellationToken) =>
        [.. (await session.QueryAsync($"SHOW FULL TABLES FROM {Sql.Identifier(schema)}", cancellationToken)).Select(row => (new TableName(schema, row[0]!), row[1]!))];

    static async Task<MasterSchema> ReadAsync(MasterSession session, string schema, CancellationToken cancellationToken)
    {
        var found = await ListAsync(session, schema, cancellationToken);
        if (found.FirstOrDefault(one => one.Type is not ("BASE TABLE" or "VIEW" or "SEQUENCE")) is { Type: { } type } other)
            throw new StillframeException(ErrorCodes.MasterNotDumped, $"{other.Name} is a {type} table, whose history a dump can't take. Dump with mariadb-dump, or take the history from it.");
        if (found.Any(one => one.Name.Name == UnfinishedRestore.Table))
            throw await UnfinishedRestore.ErrorAsync(session, schema, cancellationToken);
        var tables = new List<MasterTable>();
        foreach (var (name, _) in found.Where(one => one.Type == "BASE TABLE"))
            tables.Add(await MasterTable.ReadAsync(session, name, cancellationToken));
        return new(schema, Of("SEQUENCE"), tables, Of("VIEW"));

        IReadOnlyList<TableName> Of(string type) => [.. found.Where(one => one.Type == type).Select(one => one.Name)];
    }
}
