using System.Globalization;
using Stillframe.Connections;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Engines;
using Stillframe.Processes;

namespace Stillframe.Benchmarks.Servers;

/// <summary>A running server in a container; it is gone after its disposal, or after this process.</summary>
sealed class ServerContainer : IAsyncDisposable
{
    static readonly ContainerCommand Docker = ContainerCommand.Docker;

    readonly string name;
    readonly int port;
    readonly CleanupCommand remove;

    ServerContainer(string name, int port) => (this.name, this.port, remove) = (name, port, Removal.Write("rm", "-f", "-v", name));

    /// <summary>The port on this machine, known before the container runs.</summary>
    public ServerEndpoint Published => new ServerEndpoint.Tcp("127.0.0.1", port);

    /// <summary>Returns as soon as the engine has started the server's process, which will take some more time.</summary>
    public static async Task<ServerContainer> StartAsync(
        IEnumerable<string> options, string image, IEnumerable<string> command, CancellationToken cancellationToken)
    {
        var port = Ports.Free();
        var container = new ServerContainer($"stillframe-benchmark-{Environment.ProcessId}-{Path.GetRandomFileName()[..8]}", port);
        try
        {
            await Docker.ReadAsync(
                ["run", "--detach", "--name", container.name, "--publish", $"127.0.0.1:{port}:{ContainerPorts.Server}", .. options, image, .. command], cancellationToken);
            return container;
        }
        catch
        {
            await container.DisposeAsync();
            throw;
        }
    }

    /// <summary>Connects as soon as the server answers.</summary>
    public Task<ServerConnection> ConnectAsync(string user, CancellationToken cancellationToken) =>
        NativeServer.ConnectAsync(Published, user, cancellationToken);

    /// <summary>Its address on the engine's bridge, where no proxy takes processor time from both.</summary>
    public Task<string> AddressAsync(CancellationToken cancellationToken) => InspectAsync("{{.NetworkSettings.IPAddress}}", cancellationToken);

    /// <summary>What the engine counts as the container's own writable layer, in megabytes.</summary>
    public async Task<double> MegabytesWrittenAsync(CancellationToken cancellationToken) =>
        long.Parse(await InspectAsync("{{.SizeRw}}", cancellationToken), CultureInfo.InvariantCulture) / 1e6;

    /// <summary>Of its first process, as this machine sees it.</summary>
    public async Task<int> ProcessIdAsync(CancellationToken cancellationToken) =>
        int.Parse(await InspectAsync("{{.State.Pid}}", cancellationToken), CultureInfo.InvariantCulture);

    public ValueTask DisposeAsync() => remove.DisposeAsync();

    Task<string> InspectAsync(string format, CancellationToken cancellationToken) =>
        Docker.ReadAsync(["container", "inspect", "--size", "--format", format, name], cancellationToken);
}
