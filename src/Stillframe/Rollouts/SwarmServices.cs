using System.Text.Json;

namespace Stillframe.Rollouts;

/// <summary>A service of a stack.</summary>
/// <param name="Image">As it was asked for.</param>
/// <param name="Pair">What its containers' labels say; null where they say nothing.</param>
/// <param name="Replicas">That it is to have.</param>
sealed record SwarmService(string Id, string Name, string Image, ImagePair? Pair, int Replicas)
{
    /// <summary>Docker's word; empty where it was never updated.</summary>
    public string UpdateState { get; init; } = "";

    public string UpdateStarted { get; init; } = "";

    public string UpdateMessage { get; init; } = "";

    public bool IsUpdating => UpdateState is "updating" or "rollback_started";

    public bool IsGoingBack => UpdateState.StartsWith("rollback", StringComparison.Ordinal);

    /// <param name="before">The same service, before it was updated.</param>
    public bool HasFailedSince(SwarmService? before) => UpdateStarted != before?.UpdateStarted && UpdateState is "paused" or "rollback_started" or "rollback_completed" or "rollback_paused";
}

/// <summary>Services and replicas of a stack, by the labels that <c>stack.yaml</c> gives them.</summary>
sealed class SwarmServices(Orchestrating docker, string stack)
{
    /// <summary>Of a service: what it is.</summary>
    public const string RoleLabel = "io.stillframe.role", OfService = "service", OfFrame = "frame";

    public async Task<IReadOnlyList<string>> IdsAsync(string role, CancellationToken cancellationToken) => Orchestrating.Lines(await docker.RunAsync(
        ["service", "ls", "--quiet", "--filter", $"label=com.docker.stack.namespace={stack}", "--filter", $"label={RoleLabel}={role}"], cancellationToken));

    public async Task<IReadOnlyList<SwarmService>> ReadAsync(string role, CancellationToken cancellationToken) => await ReadAsync(await IdsAsync(role, cancellationToken), cancellationToken);

    /// <param name="ids">Of services: who asks again and again asks for them once.</param>
    public async Task<IReadOnlyList<SwarmService>> ReadAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        ids.Count == 0 ? [] : [.. (await docker.ReadAsync(["service", "inspect", .. ids], cancellationToken)).EnumerateArray().Select(Service)];

    public async Task<IReadOnlyList<Replica>> ReplicasAsync(CancellationToken cancellationToken) => await ReplicasAsync(await IdsAsync(OfService, cancellationToken), cancellationToken);

    /// <inheritdoc cref="ReadAsync(IReadOnlyList{string}, CancellationToken)"/>
    public async Task<IReadOnlyList<Replica>> ReplicasAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
            return [];
        var tasks = Orchestrating.Lines(await docker.RunAsync(["service", "ps", "--no-trunc", "--filter", "desired-state=running", "--format", "{{.ID}}\t{{.Name}}", .. ids], cancellationToken))
            .Select(line => line.Split('\t')).ToDictionary(parts => parts[0], parts => parts[1]);
        if (tasks.Count == 0)
            return [];
        return [.. from task in (await docker.ReadAsync(["inspect", .. tasks.Keys], cancellationToken)).EnumerateArray()
                   let pair = Pair(task.GetProperty("Spec"))
                   where pair is not null
                   select new Replica(tasks[task.GetProperty("ID").GetString()!], task.GetProperty("Status").GetProperty("State").GetString()!, pair)];
    }

    static SwarmService Service(JsonElement service)
    {
        var spec = service.GetProperty("Spec");
        var container = spec.GetProperty("TaskTemplate").GetProperty("ContainerSpec");
        var found = new SwarmService(
            service.GetProperty("ID").GetString()!,
            spec.GetProperty("Name").GetString()!,
            container.GetProperty("Image").GetString()!,
            Pair(spec.GetProperty("TaskTemplate")),
            spec.GetProperty("Mode").TryGetProperty("Replicated", out var replicated) ? replicated.GetProperty("Replicas").GetInt32() : 1);
        if (!service.TryGetProperty("UpdateStatus", out var update))
            return found;
        string Text(string name) => update.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
        return found with { UpdateState = Text("State"), UpdateStarted = Text("StartedAt"), UpdateMessage = Text("Message") };
    }

    static ImagePair? Pair(JsonElement task) =>
        task.GetProperty("ContainerSpec").TryGetProperty("Labels", out var labels) && labels.TryGetProperty(ImagePair.ServiceLabel, out var service) && labels.TryGetProperty(ImagePair.FrameLabel, out var frame)
            ? new(service.GetString()!, frame.GetString()!)
            : null;
}
