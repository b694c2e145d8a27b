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
        var isNew = statement.Location.File != file;
        if (isNew)
        {
            (file, schema) = (statement.Location.File, null);
            await session.ReconnectAsync(cancellationToken);
        }

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
}
