using System.Net;
using System.Net.Sockets;
using Stillframe.Connections;

namespace Stillframe.Tests.Connections;

/// <summary>Somebody else answers at the master's address, or sits in between.</summary>
public sealed class AServerThatIsNot : IDisposable
{
    const string Password = "hunter2";

    readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public AServerThatIsNot() => listener.Start();

    public void Dispose() => listener.Dispose();

    [Theory]
    [InlineData(nameof(TlsMode.Required))]
    [InlineData(nameof(TlsMode.VerifyCA))]
    [InlineData(nameof(TlsMode.VerifyFull))]
    public async Task And_takes_TLS_out_of_the_greeting_gets_nothing(string mode)
    {
        var (error, sent) = await ConnectAsync(Enum.Parse<TlsMode>(mode), [Greeting(hasTls: false)]);

        Assert.True(Assert.IsType<LoginException>(error).IsUnsafe);
        Assert.Empty(sent);
    }

    [Fact]
    public async Task And_puts_packets_before_TLS_is_found_out()
    {
        var (error, sent) = await ConnectAsync(TlsMode.VerifyFull, [[.. Greeting(hasTls: true), .. Packet(2, [0, 0, 0, 2, 0, 0, 0])]]);

        Assert.Contains("before TLS began", Assert.IsType<IOException>(error).Message, StringComparison.Ordinal);
        Assert.Equal(4 + 32, sent.Length); // that TLS is wanted
    }

    [Theory]
    [InlineData("mysql_clear_password")]
    [InlineData("dialog")]
    [InlineData("mysql_old_password")]
    public async Task And_asks_for_the_password_itself_is_told_that_this_is_not_supported(string plugin)
    {
        var (error, sent) = await ConnectAsync(TlsMode.Preferred, [Greeting(hasTls: false), Packet(2, [0xFE, .. System.Text.Encoding.ASCII.GetBytes(plugin), 0, .. Challenge, 0])]);

        Assert.Contains($"'{plugin}', which is not supported here", Assert.IsType<LoginException>(error).Message, StringComparison.Ordinal);
        Assert.True(sent.AsSpan().IndexOf("hunter2"u8) < 0);
    }

    [Fact]
    public async Task And_wants_the_password_for_a_key_of_its_own_does_not_get_it()
    {
        var (error, sent) = await ConnectAsync(TlsMode.Preferred, [Greeting(hasTls: false, "caching_sha2_password"), Packet(2, [1, 4])]);

        Assert.True(Assert.IsType<LoginException>(error).IsUnsafe);
        Assert.Single(Packets(sent));
    }

    [Theory]
    [InlineData(new byte[] { 9, 0, 0, 0 })]
    [InlineData(new byte[] { 10, 0x31, 0, 1 })]
    [InlineData(new byte[] { 0 })]
    public async Task And_greets_otherwise_is_told_apart(byte[] greeting)
    {
        var (error, sent) = await ConnectAsync(TlsMode.Preferred, [Packet(0, greeting)]);

        Assert.Contains("no MariaDB or MySQL server", Assert.IsType<IOException>(error).Message, StringComparison.Ordinal);
        Assert.Empty(sent);
    }

    static byte[] Challenge => [.. Enumerable.Range(1, 20).Select(number => (byte)number)];

    static byte[] Packet(byte sequence, byte[] payload) => [(byte)payload.Length, 0, 0, sequence, .. payload];

    static byte[] Greeting(bool hasTls, string plugin = "mysql_native_password") => Packet(
        0, [10, .. "8.4.0"u8, 0, 1, 0, 0, 0, .. Challenge[..8], 0, 0, (byte)(0x82 | (hasTls ? 8 : 0)), 45, 2, 0, 0, 0, 21, .. new byte[10], .. Challenge[8..], 0, .. System.Text.Encoding.ASCII.GetBytes(plugin), 0]);

    static List<byte[]> Packets(byte[] sent)
    {
        var packets = new List<byte[]>();
        for (var at = 0; at < sent.Length; at += 4 + packets[^1].Length)
            packets.Add(sent[(at + 4)..(at + 4 + sent[at])]);
        return packets;
    }

    /// <summary>Each of the packets is sent when the client has sent one in answer to that before it.</summary>
    async Task<(Exception? Error, byte[] Sent)> ConnectAsync(TlsMode mode, byte[][] packets)
    {
        var endpoint = new ServerEndpoint.Tcp("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);
        var login = new ServerLogin(new("me", Password)) { Tls = new(mode) };
        var connecting = Record.ExceptionAsync(async () => await (await ServerConnection.ConnectAsync(endpoint, login, default)).DisposeAsync());
        using var sent = new MemoryStream();
        using (var client = await listener.AcceptSocketAsync())
        {
            var buffer = new byte[4096];
            for (var i = 0; i < packets.Length; i++)
            {
                await client.SendAsync(packets[i]);
                if (i < packets.Length - 1)
                    sent.Write(buffer, 0, await client.ReceiveAsync(buffer));
            }

            var error = await connecting; // it closes the connection
            for (int count; (count = await client.ReceiveAsync(buffer)) > 0;)
                sent.Write(buffer, 0, count);
            return (error, sent.ToArray());
        }
    }
}
