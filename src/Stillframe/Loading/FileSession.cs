using Stillframe.Connections;
using Stillframe.Dumps;

namespace Stillframe.Loading;

/// <summary>Gives each file of a dump a session of its own, in its default schema where it names none.</summary>
/// <param name="files">Files as they were inspected, whose default schema is entered before their first statement: done later, it would end a transaction.</param>
sealed class FileSession(LoadSession session, IReadOnlyList<DumpFile>? files = null)
{
    string? file, schema;

    /// <summary>To be called before each statement is run; true where a new session has begun.</summary>
    public async Task<bool> EnterAsync(DumpStatement statement, CancellationToken cancellationToken)
    {
        var isNew = await EnterAsync(statement.Location.File, cancellationToken);
        if (statement is { InDefaultSchema: true, Schema: { } named } && schema != named)
        {
            await UseAsync(named, cancellationToken);
        }

        return isNew;
    }

    /// <inheritdoc cref="EnterAsync(DumpStatement, CancellationToken)"/>
    public async Task<bool> EnterAsync(string path, CancellationToken cancellationToken)
    {
        if (path == file)
            return false;
        (file, schema) = (path, null);
        await session.ReconnectAsync(SessionOf.Author, cancellationToken);
        if (files?.FirstOrDefault(one => one.Path == path)?.DefaultSchema is { } named)
            await UseAsync(named, cancellationToken);
        return true;
    }

    async Task UseAsync(string named, CancellationToken cancellationToken)
    {
        schema = named;
        await session.RunAsync(async connection =>
        {
            await connection.ExecuteAsync($"CREATE DATABASE IF NOT EXISTS {Sql.Identifier(named)}", cancellationToken);
            await connection.ExecuteAsync($"USE {Sql.Identifier(named)}", cancellationToken);
            return true;
        });
    }
}
