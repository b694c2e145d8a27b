using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Stillframe.Connections;
using Stillframe.Engines;

namespace Stillframe.Loading;

/// <summary>Connections to the throw-away server whose failures are told as a user can use them.</summary>
/// <param name="accounts">The server's.</param>
/// <param name="clock">What the server's clock shows in these sessions, so that what is written with the time is the same in every build.</param>
sealed class LoadSession(IServer server, ServerRelease release, ServerAccounts accounts, DateTimeOffset clock) : IAsyncDisposable
{
    const int ShownBytes = 160;

    static readonly TimeSpan ExitTimeout = TimeSpan.FromSeconds(30);

    ServerConnection? connection;

    /// <summary>The server's.</summary>
    public string Product => release.Product;

    /// <summary>The current connection.</summary>
    public ServerConnection Connection => connection ?? throw new InvalidOperationException("Not connected.");

    /// <summary>Starts anew: variables, sql_mode and the current schema of a file must not reach the next.</summary>
    public async Task ReconnectAsync(SessionOf whom, CancellationToken cancellationToken)
    {
        var account = whom == SessionOf.Builder ? accounts.Builder : accounts.Author;
        if (connection is not null)
            await connection.DisposeAsync();
        connection = await GuardAsync(
            () => ServerConnection.ConnectAsync(server.Endpoint, account.User, account.Password, cancellationToken, localFiles: whom == SessionOf.Rows), null, default);
        var seconds = Math.Max(clock.ToUnixTimeSeconds(), 1); // 0 would let it run
        await ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"SET timestamp = {seconds}"), cancellationToken);
    }

    /// <summary>
    /// Connects, and keeps the server from forgetting old versions of rows until the session ends: what a purge leaves in pages depends on when it comes.
    /// </summary>
    public async Task HoldHistoryAsync(CancellationToken cancellationToken)
    {
        await ReconnectAsync(SessionOf.Builder, cancellationToken);
        await ExecuteAsync("START TRANSACTION WITH CONSISTENT SNAPSHOT", cancellationToken);
    }

    /// <summary>Runs one of Stillframe's own statements.</summary>
    public Task ExecuteAsync(string statement, CancellationToken cancellationToken) => RunAsync(async connection =>
    {
        await connection.ExecuteAsync(statement, cancellationToken);
        return true;
    });

    /// <summary>Runs one statement of a dump or script.</summary>
    /// <exception cref="StillframeException">SF2007 where the server refuses it, SF2006 where the server is gone.</exception>
    public Task ExecuteAsync(ReadOnlyMemory<byte> statement, SourceLocation location, CancellationToken cancellationToken) =>
        GuardAsync(
            async () =>
            {
                await Connection.ExecuteAsync(statement, cancellationToken);
                return true;
            },
            location,
            statement);

    /// <summary>Runs Stillframe's own statements.</summary>
    public Task<T> RunAsync<T>(Func<ServerConnection, Task<T>> work) => GuardAsync(() => work(Connection), null, default);

    public async ValueTask DisposeAsync()
    {
        if (connection is not null)
            await connection.DisposeAsync();
    }

    async Task<T> GuardAsync<T>(Func<Task<T>> work, SourceLocation? location, ReadOnlyMemory<byte> statement)
    {
        try
        {
            return await work();
        }
        catch (ServerException e)
        {
            var what = statement.IsEmpty ? "" : $" The statement starts: {Start(statement.Span)}";
            throw new StillframeException(ErrorCodes.StatementFailed, $"{release} refused a statement: {e}.{what}", location, e);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            throw await ServerGoneAsync(location, e);
        }
    }

    async Task<StillframeException> ServerGoneAsync(SourceLocation? location, Exception cause)
    {
        // the connection breaks a moment before the process is gone; a busy machine takes longer over it
        await Task.WhenAny(server.Exited, Task.Delay(ExitTimeout));
        var ended = server.Exited.IsCompleted ? "ended while it was loading" : "closed the connection while it was loading";
        return new(
            ErrorCodes.ServerDied,
            $"{release} {ended}. Perhaps memory or disk space ran out; its last words: {server.LogTail.Trim()}",
            location,
            cause);
    }

    static string Start(ReadOnlySpan<byte> statement)
    {
        var text = Encoding.UTF8.GetString(statement[..Math.Min(statement.Length, ShownBytes)]);
        var line = new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]);
        return statement.Length > ShownBytes ? line + " …" : line;
    }
}
