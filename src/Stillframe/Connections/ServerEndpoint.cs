using System.Net.Sockets;

namespace Stillframe.Connections;

/// <summary>Where a server listens: a Unix domain socket, or a TCP port.</summary>
public abstract record ServerEndpoint
{
    ServerEndpoint() { }

    /// <param name="Path">Path of the socket on this machine; Linux takes at most 107 bytes.</param>
    internal sealed record UnixSocket(string Path) : ServerEndpoint
    {
        public override string ToString() => Path;
    }

    internal sealed record Tcp(string Host, int Port) : ServerEndpoint
    {
        public override string ToString() => $"{Host}:{Port}";
    }

    /// <exception cref="SocketException">Nobody listens.</exception>
    internal async Task<NetworkStream> OpenAsync(CancellationToken cancellationToken)
    {
        var unix = this as UnixSocket;
        var socket = unix is null
            ? new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }
            : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            if (unix is not null)
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(unix.Path), cancellationToken);
            else if (this is Tcp tcp)
                await socket.ConnectAsync(tcp.Host, tcp.Port, cancellationToken);
            return new(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
