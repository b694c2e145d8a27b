using System.Net;
using System.Net.Sockets;

namespace Stillframe.EndToEnd.Infrastructure;

public static class Ports
{
    /// <summary>A TCP port of 127.0.0.1 that was free a moment ago.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
