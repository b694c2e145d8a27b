using Stillframe.Connections;
using Stillframe.Dumps;

namespace Stillframe.Loading;

/// <summary>Gives each file of a dump a session of its own, in its default schema where it names none.</summary>
sealed class FileSession(LoadSession session)
{
    string? file, schema;

    /// <summary>To be called before each statement is run; true where a new session has begun.</summary>
    public async Task<bool> EnterAsync(DumpStatement statement, CancellationToken cancellationToken)
    {
        var isNew = await EnterAsync(statement.Location.File, cancellationToken);
        if (statement is { InDefaultSchema: true, Schema: { } named } && schema != named)
        {
            schema = named;
            await session.RunAsync(async connection =>
            {
                await connection.ExecuteAsync($"CREATE DATABASE IF NOT EXISTS {Sql.Identifier(named)}", cancellationToken);
                await connection.ExecuteAsync($"USE {Sql.Identifier(named)}", cancellationToken);
                return true;
            });
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
        return true;
    }
}
