using System.Globalization;
using System.Text.Json;
using Stillframe.Connections;
using Stillframe.Engines;
using Stillframe.Processes;

namespace Stillframe.Verification;

/// <summary>One container of a frame.</summary>
/// <param name="endpoint">Where its server listens; null for a port that the engine publishes.</param>
/// <param name="run">A directory with its socket, which goes with it.</param>
sealed class StagedContainer(ContainerCommand command, string name, ServerEndpoint? endpoint = null, TemporaryDirectory? run = null) : IStagedFrame
{
    readonly CleanupCommand remove = CleanupCommand.Write([command.Program, "rm", "-f", "-v", name], late: true);
    SupervisedProcess? process;
    IServer? server;

    public ServerEndpoint Endpoint => server!.Endpoint;

    public Task Exited => server!.Exited;

    public async Task RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        process = SupervisedProcess.Start([command.Program, .. await command.RunOptionsAsync(cancellationToken), .. arguments]);
        server = await FrameServer.WhenReadyAsync(process, endpoint is null ? await EndpointsAsync(cancellationToken) : [endpoint], cancellationToken);
    }

    /// <summary>What the engine counts as the container's own writable layer.</summary>
    public async Task<long> BytesWrittenAsync(CancellationToken cancellationToken) =>
        long.Parse(await InspectAsync("{{.SizeRw}}", cancellationToken), CultureInfo.InvariantCulture);

    public async Task<IReadOnlyList<VerificationCheck>> InspectAsync(CancellationToken cancellationToken)
    {
        var mounts = await InspectAsync("{{json .Mounts}}", cancellationToken);
        var user = await InspectAsync("{{.Config.User}}", cancellationToken);
        return
        [
            // podman lists temporary file systems, too; a volume or a bind mount is what must not be there
            new("mounts", mounts == "[]" || !mounts.Contains("\"volume\"", StringComparison.Ordinal) && !mounts.Contains("\"bind\"", StringComparison.Ordinal), mounts),
            // orchestrators that refuse root can't look up a name
            new("user", user.Split(':').All(number => number.Length > 0 && number[0] != '0' && number.All(char.IsAsciiDigit)), user),
            await HealthAsync(cancellationToken),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        await remove.DisposeAsync();
        if (process is not null)
            await process.DisposeAsync();
        run?.Dispose();
    }

    /// <summary>Asked as the engine will; podman knows nothing of a health check in an OCI image.</summary>
    async Task<VerificationCheck> HealthAsync(CancellationToken cancellationToken)
    {
        const string Name = "health check";
        if (await InspectAsync("{{with .Config.Healthcheck}}{{json .Test}}{{end}}", cancellationToken) is not { Length: > 0 } declared)
            return new(Name, true, "none");
        var words = JsonSerializer.Deserialize<string[]>(declared)!;
        var result = await command.RunAsync(["exec", name, .. words.Skip(1)], cancellationToken);
        return new(Name, result.ExitCode == 0, result.ExitCode == 0 ? Path.GetFileName(words[1]) : $"exit code {result.ExitCode}: {result.AllOutput}");
    }

    Task<string> InspectAsync(string format, CancellationToken cancellationToken) =>
        command.ReadAsync(["container", "inspect", "--size", "--format", format, name], cancellationToken);

    /// <summary>The engine knows the port as soon as the container runs.</summary>
    async Task<IReadOnlyList<ServerEndpoint>> EndpointsAsync(CancellationToken cancellationToken)
    {
        while (!process!.Exited.IsCompleted)
        {
            if (await ContainerPorts.FindAsync(command, name, cancellationToken) is { } endpoints)
                return endpoints;
            await Task.Delay(50, cancellationToken);
        }

        return [];
    }
}
