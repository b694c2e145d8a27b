using System.Net.Sockets;
using Stillframe.Connections;

namespace Stillframe.Engines;

/// <summary>
/// Waits for a server's first packet (MariaDB documentation, "Initial Handshake Packet"): three bytes of length, a sequence number of 0
/// and the protocol version, 10. A bare connection says less: a container engine accepts them for a server that does not listen yet.
/// A refusal is an answer too: the server runs, but has no account for this host.
/// </summary>
static class Readiness
{
    const byte ProtocolVersion = 10;
    const byte Refusal = 0xff;
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);

    /// <summary>The first of the endpoints to greet; there is no time limit but the token's.</summary>
    public static async Task<ServerEndpoint> WaitAsync(IReadOnlyList<ServerEndpoint> endpoints, CancellationToken cancellationToken)
    {
        using var others = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var first = await Task.WhenAny(endpoints.Select(endpoint => WaitAsync(endpoint, others.Token)));
        await others.CancelAsync();
        return await first;
    }

    static async Task<ServerEndpoint> WaitAsync(ServerEndpoint endpoint, CancellationToken cancellationToken)
    {
        while (!await IsSeenAsync(endpoint, cancellationToken))
            await Task.Delay(Pause, cancellationToken);
        return endpoint;
    }

    public static async Task<bool> IsSeenAsync(ServerEndpoint endpoint, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(AnswerTime);
        try
        {
            using var socket = await ConnectAsync(endpoint, timeout.Token);
            await using var stream = new NetworkStream(socket);
            var header = new byte[5];
            await stream.ReadExactlyAsync(header, timeout.Token);
            return header[3] == 0 && header[4] is (ProtocolVersion or Refusal);
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }

    static async Task<Socket> ConnectAsync(ServerEndpoint endpoint, CancellationToken cancellationToken)
    {
        var socket = endpoint is ServerEndpoint.UnixSocket
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endpoint is ServerEndpoint.UnixSocket(var path))
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            else if (endpoint is ServerEndpoint.Tcp(var host, var port))
                await socket.ConnectAsync(host, port, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
