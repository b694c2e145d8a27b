using System.Data.Common;
using System.Globalization;
using Stillframe.Connections;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Routing;
using Stillframe.EndToEnd.Testing;
using Stillframe.Engines;

namespace Stillframe.EndToEnd.Frames;

/// <summary>An image that somebody runs with docker, and connects to as services do.</summary>
sealed class ContainerOfAFrame : IAsyncDisposable
{
    readonly string name;
    readonly int port;

    ContainerOfAFrame(string name, int port) => (this.name, this.port) = (name, port);

    public static async Task<ContainerOfAFrame> StartAsync(string image, params string[] options)
    {
        var name = $"frame-{Guid.NewGuid():n}";
        await Command.SucceedAsync("docker", ["run", "--detach", "--name", name, "--publish", "127.0.0.1::3306", .. options, image]);
        try
        {
            var address = (await Command.SucceedAsync("docker", ["port", name, "3306/tcp"])).Split('\n')[0].Trim();
            var port = int.Parse(address[(address.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture);
            using var limit = new CancellationTokenSource(Eventually.Limit);
            var (ready, ended) = (Readiness.WaitAsync([new ServerEndpoint.Tcp("127.0.0.1", port)], limit.Token), Command.RunAsync("docker", ["wait", name]));
            return await Task.WhenAny(ready, ended) == ready ? new(name, port) : throw new InvalidOperationException($"It ended with {(await ended).Output}");
        }
        catch (Exception e)
        {
            var log = await Command.RunAsync("docker", ["logs", name]);
            await Command.RunAsync("docker", ["rm", "--force", "--volumes", name]);
            throw new InvalidOperationException(log.AllOutput, e);
        }
    }

    /// <summary>By a provider, as it is: no setting but who logs in.</summary>
    public Task<DbConnection> OpenAsync(string user, string password, string schema) => TestedFrame.OpenAsync(TestProvider.Address(port, user, password, schema));

    public async ValueTask DisposeAsync() => await Command.RunAsync("docker", ["rm", "--force", "--volumes", name]);
}
