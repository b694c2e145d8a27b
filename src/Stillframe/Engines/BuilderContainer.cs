using Stillframe.Connections;
using Stillframe.Oci;
using Stillframe.Processes;

namespace Stillframe.Engines;

/// <summary>
/// A container that holds the base image's programs and a data directory. Its main program ends when the pipe from this process closes,
/// and the engine then removes it: it can't outlive the build. Nothing is mounted, so the engine may be on another machine.
/// </summary>
sealed class BuilderContainer : IAsyncDisposable
{
    /// <summary>
    /// Its main program makes directories (podman's root directory can't be written without a right) and hands them to the server's account; the server has no
    /// right, being no root. Its network stays: without
    /// one, or in one that leads nowhere (<c>--internal</c>), engines publish no port, and a socket can't be reached on another machine.
    /// </summary>
    static readonly string[] Limits = ["--cap-drop", "ALL", "--cap-add", "CHOWN", "--cap-add", "DAC_OVERRIDE", "--security-opt", "no-new-privileges"];

    readonly ContainerCommand command;
    readonly SupervisedProcess main;

    BuilderContainer(ContainerCommand command, string name, string? remoteHost, SupervisedProcess main) =>
        (this.command, Name, RemoteHost, this.main) = (command, name, remoteHost, main);

    public string Name { get; }

    /// <summary>The engine's machine; null for this one.</summary>
    public string? RemoteHost { get; }

    public BuilderProbe Probe { get; private set; } = BuilderProbe.Parse("");

    /// <param name="image">Present in the engine.</param>
    /// <exception cref="StillframeException">SF2004, SF2009.</exception>
    public static async Task<BuilderContainer> RunAsync(ContainerCommand command, string image, ServerProgram program, CancellationToken cancellationToken)
    {
        var remoteHost = await command.RemoteHostAsync(cancellationToken);
        var name = $"{Product.Name}-{Environment.ProcessId}-{Path.GetRandomFileName()[..8]}";
        var main = SupervisedProcess.StartShell(
            command.Program,
            [
                .. await command.RunOptionsAsync(cancellationToken), "run", "--interactive", "--rm", "--name", name, "--label", $"{LabelNames.Builder}=true",
                "--publish", remoteHost is null ? $"127.0.0.1::{ContainerPorts.Server}" : $"{ContainerPorts.Server}",
                .. Limits, "--env", "TZ=UTC", "--env", "LC_ALL=C",
                "--user", "0:0", "--workdir", "/", "--entrypoint", "/bin/sh",
                image, "-c", BuilderProbe.Script,
            ]);
        var container = new BuilderContainer(command, name, remoteHost, main);
        try
        {
            await container.WaitAsync(image, program, cancellationToken);
            return container;
        }
        catch
        {
            await main.DisposeAsync();
            await container.DisposeAsync();
            throw;
        }
    }

    /// <summary>Arguments before the program for <c>exec</c> as the image's server account.</summary>
    public IReadOnlyList<string> Exec(string workingDirectory = "/") =>
        ["exec", "--interactive", "--user", Probe.User ?? "0:0", "--workdir", workingDirectory, Name];

    /// <summary>Where a server in the container may be reached from here, most likely address first.</summary>
    public async Task<IReadOnlyList<ServerEndpoint>> EndpointsAsync(CancellationToken cancellationToken) =>
        await ContainerPorts.FindAsync(command, Name, cancellationToken)
        ?? throw new StillframeException(
            ErrorCodes.ProgramFailed, $"The {command.Program} engine publishes no port of the container '{Name}'. Check that it can, then build again.");

    public async ValueTask DisposeAsync()
    {
        await command.RemoveContainerAsync(Name);
        await main.DisposeAsync();
    }

    async Task WaitAsync(string image, ServerProgram program, CancellationToken cancellationToken)
    {
        var first = await Task.WhenAny(main.AppearsAsync(BuilderProbe.End), main.Exited).WaitAsync(cancellationToken);
        if (first == main.Exited)
        {
            throw await main.Exited is 126 or 127 && main.LogTail.Contains("/bin/sh", StringComparison.Ordinal)
                ? BuilderProbe.Unusable(image, $"has no shell to run a server from ({main.LogTail.ReplaceLineEndings(" ")})", program)
                : command.Failed($"run {image}", await main.Exited, main.LogTail.ReplaceLineEndings(" "), "can run containers with a published port");
        }

        Probe = BuilderProbe.Parse(main.LogTail);
    }
}
