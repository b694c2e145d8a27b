using System.Text.Json;

namespace Stillframe.Rollouts;

/// <summary>Why a replica ended: what Swarm, its container's health check and its log say. Each is asked for and none is needed: the container may be on another machine, or gone.</summary>
sealed class SwarmFailure(Orchestrating docker)
{
    const int LinesOfLog = 5, LinesOfHealth = 2;

    /// <param name="service">Its identifier.</param>
    /// <param name="message">Of the update: it names the replica by its identifier.</param>
    /// <returns>Empty when nothing is known, otherwise sentences in the order above, with a space before.</returns>
    public async Task<string> ExplainAsync(string service, string message, CancellationToken cancellationToken)
    {
        var listed = await docker.TryAsync(["service", "ps", "--no-trunc", "--format", "{{.ID}}\t{{.CurrentState}}\t{{.Error}}", service], cancellationToken);
        var replicas = Orchestrating.Lines(listed.Output).Select(line => line.Split('\t')).Where(parts => parts.Length > 1).ToList();
        // a service that is ended for its health, and ends as it should, has no error; one that never answered has not ended
        var failed = replicas.FirstOrDefault(parts => message.Contains(parts[0], StringComparison.Ordinal))
            ?? replicas.FirstOrDefault(parts => parts.Length > 2)
            ?? replicas.FirstOrDefault(parts => !parts[1].StartsWith("Running", StringComparison.Ordinal) && !parts[1].StartsWith("Shutdown", StringComparison.Ordinal));
        if (failed is not [var task, ..])
            return "";
        var health = await HealthAsync(task, cancellationToken);
        var log = Orchestrating.Lines((await docker.TryAsync(["service", "logs", "--raw", "--tail", $"{LinesOfLog}", task], cancellationToken)).AllOutput);
        return $" ({failed[^1].Trim('"')}{Told("its health check", health)}{Told("its log", log)})";
    }

    /// <summary>The first line of each of the last checks that failed.</summary>
    async Task<IReadOnlyList<string>> HealthAsync(string task, CancellationToken cancellationToken)
    {
        var container = (await docker.TryAsync(["inspect", "--format", "{{.Status.ContainerStatus.ContainerID}}", task], cancellationToken)).Output.Trim();
        var state = await docker.TryAsync(["inspect", "--type", "container", "--format", "{{json .State.Health}}", container], cancellationToken);
        if (state.ExitCode != 0 || JsonSerializer.Deserialize<JsonElement>(state.Output) is not { ValueKind: JsonValueKind.Object } health || !health.TryGetProperty("Log", out var log) || log.ValueKind != JsonValueKind.Array)
            return [];
        return [.. log.EnumerateArray().Where(check => check.GetProperty("ExitCode").GetInt32() != 0).Select(check => Orchestrating.Lines(check.GetProperty("Output").GetString()!).FirstOrDefault("no output")).TakeLast(LinesOfHealth).Distinct()];
    }

    static string Told(string who, IReadOnlyList<string> lines) => lines.Count == 0 ? "" : $"; {who}: {string.Join(" | ", lines)}";
}
