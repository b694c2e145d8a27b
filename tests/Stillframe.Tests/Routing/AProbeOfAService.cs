using System.Net;
using System.Net.Sockets;
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

        Assert.Equal(exitCode, await HealthProbe.AskAsync(new($"{service.Urls.Single()}/health"), Limit, default));
    }

    [Fact]
    public async Task Fails_where_nobody_listens_or_answers()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"http://{listener.LocalEndpoint}/health");

        Assert.Equal(1, await HealthProbe.AskAsync(address, TimeSpan.FromSeconds(0.1), default)); // it takes the connection and says nothing
        listener.Stop();
        Assert.Equal(1, await HealthProbe.AskAsync(address, Limit, default));
    }
}
