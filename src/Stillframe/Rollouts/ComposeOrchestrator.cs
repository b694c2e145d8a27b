namespace Stillframe.Rollouts;

/// <summary>A project of Compose on one machine: containers are replaced in place, so there is a gap.</summary>
sealed class ComposeOrchestrator(RolloutRequest request) : IOrchestrator
{
    readonly Orchestrating docker = new("docker");
    readonly DeployDirectory directory = new(request.Directory);

    public async Task<ImagePair?> CurrentAsync(CancellationToken cancellationToken) => await ReplicasAsync(cancellationToken) is [var first, ..] ? first.Pair : null;

    public async Task<string?> ApplyAsync(ImagePair pair, ImagePair? before, CancellationToken cancellationToken)
    {
        await UpAsync(pair, cancellationToken);
        if (await WaitAsync(cancellationToken) is not { } reason)
            return null;
        if (before is null)
            await ComposeAsync(pair, ["down"], cancellationToken);
        else if (before != pair)
        {
            await UpAsync(before, cancellationToken);
            await WaitAsync(cancellationToken);
        }

        return reason;
    }

    public async Task<IReadOnlyList<Replica>> ReplicasAsync(CancellationToken cancellationToken)
    {
        var lines = await docker.RunAsync(
            [
                "ps", "--all", "--filter", $"label=com.docker.compose.project={request.Name}", "--filter", $"label={ImagePair.ServiceLabel}",
                "--format", $"{{{{.Names}}}}\t{{{{.State}}}}\t{{{{.Label \"{ImagePair.ServiceLabel}\"}}}}\t{{{{.Label \"{ImagePair.FrameLabel}\"}}}}",
            ],
            cancellationToken);
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).Select(parts => new Replica(parts[0], parts[1], new(parts[2], parts[3])))];
    }

    Task UpAsync(ImagePair pair, CancellationToken cancellationToken) => ComposeAsync(pair, ["up", "--detach", "--remove-orphans"], cancellationToken);

    /// <summary>By whichever compose there is.</summary>
    async Task ComposeAsync(ImagePair pair, IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        await directory.ReadAsync(DeployDirectory.Compose, cancellationToken);
        var compose = (await docker.TryAsync(["compose", "version"], cancellationToken)).ExitCode == 0 ? new Orchestrating("docker", "compose") : new Orchestrating("docker-compose");
        await compose.RunAsync(
            ["--file", directory.PathOf(DeployDirectory.Compose), "--project-name", request.Name, .. command],
            cancellationToken,
            environment: new Dictionary<string, string?> { [ImagePair.ServiceVariable] = pair.Service, [ImagePair.FrameVariable] = pair.Frame });
    }

    /// <returns>Null when every container runs, and is healthy where it says so.</returns>
    async Task<string?> WaitAsync(CancellationToken cancellationToken)
    {
        var state = "";
        var outcome = await Orchestrating.UntilAsync(request.Limit, async () =>
        {
            var ids = (await docker.RunAsync(["ps", "--all", "--quiet", "--filter", $"label=com.docker.compose.project={request.Name}"], cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var states = (await docker.RunAsync(["inspect", "--format", "{{.Name}} {{.State.Status}}{{if .State.Health}} {{.State.Health.Status}}{{end}}{{if gt .RestartCount 2}} restarted {{.RestartCount}} times{{end}}", .. ids], cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            state = string.Join(", ", states.Select(one => one.Trim('/', ' ')).Where(one => !IsGood(one)));
            return states.Length > 0 && state.Length == 0 ? "" : states.Any(one => one.Contains(" unhealthy", StringComparison.Ordinal) || one.EndsWith(" times", StringComparison.Ordinal)) ? state : null;
        }, cancellationToken);
        return outcome is "" ? null : state.Length > 0 ? state : "no container was started";
    }

    static bool IsGood(string state) => state.Split(' ') is [_, "running"] or [_, "running", "healthy"];
}
