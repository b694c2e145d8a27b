using System.Net.Sockets;
using Stillframe.Connections;

namespace Stillframe.Backups;

/// <summary>A session of the server that is restored into, whose failures are told as a user can use them.</summary>
sealed class RestoreSession : IAsyncDisposable
{
    const int ShownBytes = 160;

    /// <summary>A table may be written for longer than a server waits for the next statement.</summary>
    static readonly string[] start = ["SET NAMES utf8mb4", "SET SESSION wait_timeout = 86400", "SET SESSION net_read_timeout = 3600", "SET SESSION net_write_timeout = 3600"];

    readonly ServerConnection connection;
    readonly string name;

    RestoreSession(ServerConnection connection, string name) => (this.connection, this.name) = (connection, name);

    /// <summary>Such as <c>10.11.19-MariaDB-log</c>.</summary>
    public string ServerVersion => connection.ServerVersion;

    /// <param name="connection">It ends with the session.</param>
    /// <param name="name">Of the server, in messages.</param>
    /// <exception cref="StillframeException">SF6003.</exception>
    public static async Task<RestoreSession> BeginAsync(ServerConnection connection, string name, CancellationToken cancellationToken)
    {
        var session = new RestoreSession(connection, name);
        try
        {
            foreach (var statement in start)
                await session.QueryAsync(statement, cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a statement of the dump.</summary>
    /// <exception cref="StillframeException">SF6003.</exception>
    public Task ExecuteAsync(ReadOnlyMemory<byte> statement, SourceLocation location, CancellationToken cancellationToken) => GuardAsync(
        async () =>
        {
            await connection.ExecuteAsync(statement, cancellationToken);
            return true;
        },
        () => System.Text.Encoding.UTF8.GetString(statement.Span[..Math.Min(ShownBytes, statement.Length)]).ReplaceLineEndings(" "),
        location);

    /// <summary>Runs a statement of ours.</summary>
    /// <exception cref="StillframeException">SF6003.</exception>
    public Task<IReadOnlyList<string?[]>> QueryAsync(string statement, CancellationToken cancellationToken) =>
        GuardAsync(() => connection.QueryAsync(statement, cancellationToken), () => statement, null);

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    async Task<T> GuardAsync<T>(Func<Task<T>> work, Func<string> statement, SourceLocation? location)
    {
        try
        {
            return await work();
        }
        catch (ServerException e)
        {
            throw new StillframeException(ErrorCodes.RestoreFailed, $"{name} refuses a statement of the restore: {e}. {Advice(e)}The statement starts: {statement()}", location, e);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            throw new StillframeException(
                ErrorCodes.RestoreFailed, $"{name} closed the connection: {e.Message.TrimEnd('.')}. Look at its log; what was restored is not whole.", location, e);
        }
    }

    /// <summary>Numbers of the server's errors: what is denied, a packet that is too large, a full disk.</summary>
    static string Advice(ServerException e) => e.Number switch
    {
        1044 or 1142 or 1143 or 1227 or 1419 => "What a restore needs: GRANT ALL on the schemas, and for views and routines of other definers SET USER (MariaDB) or SET_USER_ID (MySQL). ",
        1153 => "Raise max_allowed_packet of that server. ",
        1021 or 1114 => "Make room on its disk. ",
        _ => "",
    };
}
