using System.Net;
using System.Net.Sockets;
using Stillframe.Connections;
using Stillframe.Engines;

namespace Stillframe.Tests.Engines;

public sealed class AnAnswerOnAServersPort : IDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public AnAnswerOnAServersPort() => listener.Start();

    ServerEndpoint Endpoint => new ServerEndpoint.Tcp("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);

    public void Dispose() => listener.Dispose();

    async Task<bool> SeenAsync(byte[] answer)
    {
        var seen = Readiness.IsSeenAsync(Endpoint, CancellationToken.None);
        using (var client = await listener.AcceptSocketAsync())
            await client.SendAsync(answer);
        return await seen;
    }

    [Fact]
    public async Task That_greets_is_a_server() => Assert.True(await SeenAsync([0x5c, 0, 0, 0, 0x0a, (byte)'1']));

    [Fact]
    public async Task That_refuses_this_host_is_a_server_too() => Assert.True(await SeenAsync([0x45, 0, 0, 0, 0xff, 0x6a, 0x04]));

    [Fact]
    public async Task That_is_cut_off_is_none() => Assert.False(await SeenAsync([0x5c, 0, 0]));

    [Fact]
    public async Task That_is_something_else_is_none() => Assert.False(await SeenAsync("HTTP/1.1 400"u8.ToArray()));

    [Fact]
    public async Task From_one_of_two_addresses_is_enough()
    {
        var nobody = new ServerEndpoint.UnixSocket("/tmp/there is no socket here");
        var greeted = Readiness.WaitAsync([nobody, Endpoint], CancellationToken.None);
        using (var client = await listener.AcceptSocketAsync())
            await client.SendAsync(new byte[] { 0x5c, 0, 0, 0, 0x0a });

        Assert.Equal(Endpoint, await greeted);
    }
}
