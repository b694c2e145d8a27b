using Stillframe.Connections;
using Stillframe.Dumps;

namespace Stillframe.Backups;

/// <summary>Sets <see cref="RestoreMark"/> in each schema before anything else is made there, and takes them away at the end. Safe from several threads.</summary>
/// <param name="session">Used for nothing else meanwhile: a session of the dump may have locked tables.</param>
sealed class RestoreMarks(RestoreSession session, RestoreSource source) : IDisposable
{
    readonly SemaphoreSlim only = new(1, 1);
    readonly HashSet<string> marked = new(StringComparer.Ordinal);

    /// <exception cref="StillframeException">SF6003.</exception>
    public async Task BeforeAsync(DumpStatement statement, CancellationToken cancellationToken)
    {
        if (statement.Schema is not { } schema || statement.Kind is StatementKind.Session or StatementKind.Transaction or StatementKind.CreateSchema or StatementKind.UseSchema)
            return;
        await only.WaitAsync(cancellationToken);
        try
        {
            if (statement.Kind == StatementKind.DropSchema)
                marked.Remove(schema);
            else if (marked.Add(schema))
                await SetAsync(schema, cancellationToken);
        }
        finally
        {
            only.Release();
        }
    }

    /// <exception cref="StillframeException">SF6003.</exception>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        foreach (var schema in marked)
            await session.QueryAsync($"DROP TABLE {Sql.Table(schema, RestoreMark.Table)}", cancellationToken);
    }

    public void Dispose() => only.Dispose();

    async Task SetAsync(string schema, CancellationToken cancellationToken)
    {
        var name = Sql.Table(schema, RestoreMark.Table);
        await session.QueryAsync(
            $"CREATE TABLE {name} (source TEXT NOT NULL, data_version CHAR(64) NOT NULL, begun DATETIME NOT NULL) CHARACTER SET utf8mb4 ENGINE=InnoDB", cancellationToken);
        await session.QueryAsync($"INSERT INTO {name} VALUES ({Sql.Literal(source.Name)}, {Sql.Literal(source.Version)}, UTC_TIMESTAMP())", cancellationToken);
    }
}
