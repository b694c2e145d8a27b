using System.Net;
using System.Net.Sockets;

namespace Stillframe.EndToEnd.Routing;

/// <summary>One name for several servers, as of a service in a cluster: each connection goes to the next one. Without a server, it takes connections and says nothing.</summary>
sealed class Forwarder : IDisposable
{
    readonly TcpListener listener;
    readonly List<TcpClient> open = [];
    int taken;

    /// <param name="port">0 for any.</param>
    public Forwarder(int port, params int[] targets)
    {
        listener = new(IPAddress.Loopback, port);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _ = TakeAsync(targets);
    }

    public int Port { get; }

    /// <summary>Connections that came until now.</summary>
    public int Taken => Volatile.Read(ref taken);

    /// <summary>Ends all connections, and takes no new ones.</summary>
    public void Dispose()
    {
        listener.Dispose();
        lock (open)
            open.ForEach(one => one.Dispose());
    }

    async Task TakeAsync(int[] targets)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                Keep(client);
                var number = Interlocked.Increment(ref taken);
                if (targets.Length > 0)
                    _ = PassAsync(client, targets[number % targets.Length]);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // it ends
        }
    }

    async Task PassAsync(TcpClient client, int port)
    {
        try
        {
            var server = new TcpClient();
            Keep(server);
            await server.ConnectAsync(IPAddress.Loopback, port);
            await Task.WhenAny(client.GetStream().CopyToAsync(server.GetStream()), server.GetStream().CopyToAsync(client.GetStream()));
            client.Dispose();
            server.Dispose();
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            client.Dispose(); // as a cluster does when a server is gone
        }
    }

    void Keep(TcpClient one)
    {
        lock (open)
            open.Add(one);
    }
}
