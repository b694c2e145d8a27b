namespace Stillframe.Connections;

/// <summary>Where a server listens: a Unix domain socket, or a TCP port.</summary>
public abstract record ServerEndpoint
{
    ServerEndpoint() { }

    /// <param name="Path">Path of the socket on this machine; Linux takes at most 107 bytes.</param>
    public sealed record UnixSocket(string Path) : ServerEndpoint
    {
        public override string ToString() => Path;
    }

    public sealed record Tcp(string Host, int Port) : ServerEndpoint
    {
        public override string ToString() => $"{Host}:{Port}";
    }
}
