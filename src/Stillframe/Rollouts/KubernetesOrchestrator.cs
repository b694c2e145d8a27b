using System.Globalization;
using System.Text.Json;

namespace Stillframe.Rollouts;

/// <summary>A deployment of Kubernetes whose pods have both images, by <c>kubectl</c>: one pod is one pair.</summary>
sealed class KubernetesOrchestrator(RolloutRequest request) : IOrchestrator
{
    static readonly string[] kinds = ["containers", "initContainers"];

    readonly Orchestrating kubectl = new("kubectl");
    readonly DeployDirectory directory = new(request.Directory);

    public async Task<ImagePair?> CurrentAsync(CancellationToken cancellationToken)
    {
        var deployment = await kubectl.TryAsync(["get", "deployment", request.Name, "--ignore-not-found", "--output", "json"], cancellationToken);
        return deployment is { ExitCode: 0, Output.Length: > 0 } ? Pair(JsonSerializer.Deserialize<JsonElement>(deployment.Output).GetProperty("spec").GetProperty("template").GetProperty("spec")) : null;
    }

    public async Task<string?> ApplyAsync(ImagePair pair, ImagePair? before, CancellationToken cancellationToken)
    {
        await directory.WriteComponentAsync(pair, cancellationToken);
        await kubectl.RunAsync(["apply", "--kustomize", directory.PathOf(DeployDirectory.Kubernetes)], cancellationToken);
        var limit = string.Create(CultureInfo.InvariantCulture, $"--timeout={request.Limit.TotalSeconds:0}s");
        var waited = await kubectl.TryAsync(["rollout", "status", $"deployment/{request.Name}", limit], cancellationToken);
        if (waited.ExitCode == 0)
            return null;
        if (before is not null && before != pair)
        {
            await kubectl.RunAsync(["rollout", "undo", $"deployment/{request.Name}"], cancellationToken);
            await kubectl.TryAsync(["rollout", "status", $"deployment/{request.Name}", limit], cancellationToken);
        }

        return waited.AllOutput;
    }

    public async Task<IReadOnlyList<Replica>> ReplicasAsync(CancellationToken cancellationToken)
    {
        var pods = await kubectl.ReadAsync(["get", "pods", "--selector", $"app.kubernetes.io/name={request.Name}", "--output", "json"], cancellationToken);
        return [.. from pod in pods.GetProperty("items").EnumerateArray()
                   let pair = Pair(pod.GetProperty("spec"))
                   where pair is not null
                   select new Replica(pod.GetProperty("metadata").GetProperty("name").GetString()!, pod.GetProperty("status").GetProperty("phase").GetString()!.ToLowerInvariant(), pair)];
    }

    /// <summary>Of containers <c>service</c> and <c>frame</c>, or of the volume <c>frame</c>.</summary>
    static ImagePair? Pair(JsonElement pod)
    {
        var images = kinds.SelectMany(kind => pod.TryGetProperty(kind, out var containers) ? containers.EnumerateArray() : [])
            .ToDictionary(container => container.GetProperty("name").GetString()!, container => container.GetProperty("image").GetString()!);
        return images.TryGetValue("service", out var service) && images.TryGetValue("frame", out var frame) ? new(service, frame) : null;
    }
}
