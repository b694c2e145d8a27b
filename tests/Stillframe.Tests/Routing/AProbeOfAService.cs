using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Stillframe.Client.AspNetCore;

namespace Stillframe.Tests.Routing;

public class AProbeOfAService
{
    static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("8081;8082", null, 8081)]
    [InlineData(null, "http://+:5000;https://+:5001", 5000)]
    [InlineData(null, "https://localhost:5001;http://*:5002", 5002)]
    [InlineData("", "http://127.0.0.1:5003", 5003)]
    [InlineData("9", "http://127.0.0.1:5003", 9)]
    [InlineData(null, null, 8080)]
    [InlineData(null, "https://+:5001", 8080)]
    public void Asks_where_the_service_listens(string? ports, string? addresses, int port) => Assert.Equal(port, HealthProbe.Port(ports, addresses));

    [Theory]
    [InlineData]
    [InlineData("--urls", "http://localhost")]
    [InlineData("--probe", "more")]
    public async Task Is_none_where_nobody_asks_for_it(params string[] args) => Assert.Null(await HealthProbe.RunAsync(args));

    [Theory]
    [InlineData(StatusCodes.Status200OK, 0)]
    [InlineData(StatusCodes.Status503ServiceUnavailable, 1)]
    public async Task Ends_with_what_the_service_answers(int status, int exitCode)
    {
        await using var service = WebApplication.CreateSlimBuilder().Build();
        service.Urls.Add("http://127.0.0.1:0");
        service.MapGet("/health", () => Results.StatusCode(status));
        await service.StartAsync();

        Assert.Equal(exitCode, HealthProbe.Ask(new($"{service.Urls.Single()}/health"), Limit, default));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n", 0)]
    [InlineData("HTTP/1.0 204\r\n\r\n", 0)]
    [InlineData("HTTP/1.1 307 Temporary Redirect\r\nLocation: https://localhost\r\n\r\n", 1)]
    [InlineData("HTTP/1.1 2", 1)]
    [InlineData("SSH-2.0-OpenSSH_9.2p1\r\n", 1)]
    [InlineData("", 1)]
    public async Task Takes_a_status_line_whole(string answer, int exitCode)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = Task.Run(() =>
        {
            using var taken = listener.AcceptSocket();
            taken.Receive(new byte[1024]);
            foreach (var part in Encoding.ASCII.GetBytes(answer).Chunk(5))
                taken.Send(part, SocketFlags.None, out _); // it hangs up after the line
        });

        Assert.Equal(exitCode, HealthProbe.Ask(new($"http://{listener.LocalEndpoint}/health"), Limit, default));
        await answering;
    }

    [Fact]
    public void Fails_where_nobody_listens_or_answers()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"http://{listener.LocalEndpoint}/health");

        Assert.Equal(1, HealthProbe.Ask(address, TimeSpan.FromSeconds(0.1), default)); // it takes the connection and says nothing
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(0.1));
        Assert.Throws<OperationCanceledException>(() => HealthProbe.Ask(address, Limit, cancellation.Token));
        listener.Stop();
        Assert.Equal(1, HealthProbe.Ask(address, Limit, default));
    }
}
