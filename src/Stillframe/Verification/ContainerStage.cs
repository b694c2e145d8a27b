using System.Globalization;
using Stillframe.Connections;
using Stillframe.Destinations;
using Stillframe.Engines;
using Stillframe.Freezing;
using Stillframe.Images;
using Stillframe.Layers;
using Stillframe.Oci;
using Stillframe.Processes;

namespace Stillframe.Verification;

/// <summary>Starts a frame as a container: no volume, no capability, nothing writable but two temporary file systems.</summary>
sealed class ContainerStage : IFrameStage
{
    const string Repository = $"localhost/{Product.Name}/stage";

    /// <summary>Why a server did not get a port of this machine: somebody took it, or the engine may not give containers the machine's network (docker-run(1), "Exit Status").</summary>
    static readonly string[] OwnPort = ["Bind on TCP/IP port", "exit code 125"];

    readonly ContainerCommand command;
    readonly string image;
    readonly CleanupCommand? removeImage;

    ContainerStage(ContainerCommand command, string image, bool remove) =>
        (this.command, this.image, removeImage) = (command, image, remove ? CleanupCommand.Write([command.Program, "rmi", image]) : null);

    /// <param name="image">In the engine already, where it stays.</param>
    public static ContainerStage Of(ContainerCommand command, string image) => new(command, image, remove: false);

    /// <param name="present">Layers of the image that the engine has already.</param>
    /// <exception cref="StillframeException">SF3006.</exception>
    public static async Task<ContainerStage> CreateAsync(
        ContainerCommand command, OciImage image, IReporter reporter, CancellationToken cancellationToken, IReadOnlyList<Blob>? present = null)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(image);
        var tag = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{image.Digest.Hex[..12]}");
        var stage = new ContainerStage(command, $"{Repository}:{tag}", remove: true);
        try
        {
            var destination = new EngineDestination(command.Program, Reference.Parse(Repository));
            if (present is not { Count: > 0 } || !await destination.TryDeliverAsync(image, present, tag, cancellationToken))
                await destination.DeliverAsync(image.Alone, [tag], reporter, cancellationToken);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    public async Task<IStagedFrame> StartAsync(FrameStart start, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        var name = $"{Product.Name}-stage-{Environment.ProcessId}-{Path.GetRandomFileName()[..8]}";
        var run = start.BySocket ? await SocketDirectoryAsync(cancellationToken) : null;
        var endpoint = run is not null ? new ServerEndpoint.UnixSocket(Path.Combine(run.Path, "mysqld.sock"))
            : start.Port == 0 && await command.SharesNetworkAsync(cancellationToken) ? new ServerEndpoint.Tcp("127.0.0.1", LocalPort.Free())
            : (ServerEndpoint?)null;
        try
        {
            return await StartAsync(name, start, endpoint, run, cancellationToken);
        }
        catch (StillframeException e) when (endpoint is ServerEndpoint.Tcp && OwnPort.Any(word => e.Message.Contains(word, StringComparison.Ordinal)))
        {
            return await StartAsync(name, start, null, null, cancellationToken);
        }
    }

    async Task<IStagedFrame> StartAsync(string name, FrameStart start, ServerEndpoint? endpoint, TemporaryDirectory? run, CancellationToken cancellationToken)
    {
        var container = new StagedContainer(command, name, endpoint, run);
        try
        {
            await container.RunAsync(Arguments(name, start, endpoint, run?.Path), cancellationToken);
            return container;
        }
        catch
        {
            await container.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => removeImage?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <exception cref="StillframeException">SF4002: the engine's containers see no directory of this machine.</exception>
    async Task<TemporaryDirectory> SocketDirectoryAsync(CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows() || await command.RemoteHostAsync(cancellationToken) is not null)
            throw new StillframeException(ErrorCodes.FrameStartFailed, $"A frame of this server is verified by its socket, and that of a container of {command.Program} can't be reached from here. Verify it on the engine's own machine.");
        var directory = TemporaryDirectory.Create("/tmp"); // a socket's path has at most 107 bytes
        File.SetUnixFileMode(directory.Path, (UnixFileMode)Modes.Everything); // the server is some user of the image
        return directory;
    }

    /// <param name="endpoint">Where the server is to listen; null for a port that the engine publishes.</param>
    /// <param name="run">A directory of this machine for its socket.</param>
    List<string> Arguments(string name, FrameStart start, ServerEndpoint? endpoint, string? run)
    {
        var port = start.Port == 0 ? "" : start.Port.ToString(CultureInfo.InvariantCulture);
        var own = endpoint as ServerEndpoint.Tcp;
        List<string> options = own is null ? [.. start.Options] : ["--bind-address=127.0.0.1", string.Create(CultureInfo.InvariantCulture, $"--port={own.Port}"), .. start.Options];
        List<string> arguments =
        [
            "run", "--name", name, "--label", $"{LabelNames.Stage}=true",
            .. own is null ? (string[])["--publish", $"127.0.0.1:{port}:{ContainerPorts.Server}"] : ["--network", "host"],
            "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--tmpfs", ReadOnlyServer.TemporaryDirectory,
            .. run is null ? (IEnumerable<string>)["--tmpfs", ReadOnlyServer.RunDirectory] : ["--volume", $"{run}:{ReadOnlyServer.RunDirectory}"],
        ];
        if (start.Writable)
            return [.. arguments, "--user", ScratchServer.User, "--no-healthcheck", image, .. ScratchServer.Options(), ScratchServer.AsRoot, .. options];
        if (start.ReadOnlyRoot)
        {
            arguments.Add("--read-only");
            if (command.IsPodman)
                arguments.Add("--read-only-tmpfs=false"); // its own would hide /run/mysqld, and the one in its place could be written by root alone
        }

        return [.. arguments, image, .. options];
    }
}
