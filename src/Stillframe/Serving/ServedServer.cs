using System.Net.Sockets;
using Stillframe.Connections;
using Stillframe.Dumps;
using Stillframe.Verification;

namespace Stillframe.Serving;

/// <summary>A running server of a <see cref="ServedFrame"/>, and who may connect to it; its disposal ends it. It ends with this process, too, however that ends.</summary>
public sealed class ServedServer : IAsyncDisposable
{
    static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);

    readonly IStagedFrame running;

    ServedServer(IStagedFrame running, ServerEndpoint.Tcp place, ServerCredentials account, string schema) =>
        (this.running, Host, Port, User, Password, Schema) = (running, place.Host, place.Port, account.User, account.Password, schema);

    /// <summary>Address or name of a machine, most often <c>127.0.0.1</c>.</summary>
    public string Host { get; }

    /// <summary>Its TCP port.</summary>
    public int Port { get; }

    /// <summary>The account to connect as.</summary>
    public string User { get; }

    /// <summary>Its password.</summary>
    public string Password { get; }

    /// <summary>The frame's schema, of several the first by name; empty where it has none.</summary>
    public string Schema { get; }

    /// <summary>Completes when the server has ended.</summary>
    public Task Exited => running.Exited;

    internal static async Task<ServedServer> OfAsync(
        IStagedFrame running, ServerCredentials account, Func<IStagedFrame, Task<ServerConnection>> connect, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await connect(running);
            var schema = await connection.ScalarAsync(
                $"SELECT MIN(schema_name) FROM information_schema.schemata WHERE schema_name NOT IN ({ReservedSchemas.List})", cancellationToken);
            return new(running, (ServerEndpoint.Tcp)running.Endpoint, account, schema ?? "");
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whether it still takes logins.</summary>
    internal async Task<bool> AnswersAsync()
    {
        if (Exited.IsCompleted)
            return false;
        try
        {
            using var limit = new CancellationTokenSource(AnswerTime);
            await using var connection = await ServerConnection.ConnectAsync(running.Endpoint, User, Password, limit.Token);
            return true;
        }
        catch (Exception e) when (e is IOException or SocketException or ServerException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => running.DisposeAsync();
}
