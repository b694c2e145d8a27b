using System.Globalization;
using Stillframe.Consoles;
using Stillframe.Inspection;
using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.Rollouts;

/// <summary>Brings the pair that was published last to where it runs, and goes back where it is not healthy.</summary>
public static class Rollout
{
    /// <exception cref="StillframeException">SF8001 to SF8003.</exception>
    public static async Task RunAsync(RolloutRequest request, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        await ToAsync(request, DeployDirectory.Images, reporter, cancellationToken);
    }

    /// <summary>To what ran before the last roll-out.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public static async Task BackAsync(RolloutRequest request, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        await ToAsync(request, DeployDirectory.Previous, reporter, cancellationToken);
    }

    /// <summary>A line for each replica: what it runs, what data that is, and how old.</summary>
    /// <param name="now">For the ages.</param>
    /// <exception cref="StillframeException">SF8003; SF3002 to SF3005 of the registry that the frames are in.</exception>
    public static async Task<IReadOnlyList<string>> StatusAsync(RolloutRequest request, DateTimeOffset now, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var replicas = await Of(request, reporter).ReplicasAsync(cancellationToken);
        var frames = new Dictionary<string, FrameLabels?>();
        foreach (var frame in replicas.Select(replica => replica.Pair.Frame).Distinct())
            frames[frame] = await LabelsAsync(frame, reporter, cancellationToken);
        var table = new TextTable("replica", "state", "service", "frame", "data version", "<age");
        foreach (var replica in replicas)
        {
            var labels = frames[replica.Pair.Frame];
            table.Add(
                replica.Name, replica.State, Short(replica.Pair.Service), Short(replica.Pair.Frame), labels?.DataVersion[..12] ?? "-", labels?.Time is { } time ? AgeText.Of(now - time) : "-");
        }

        return replicas.Count == 0 ? [$"Nothing of '{request.Name}' runs."] : [.. table.Lines()];
    }

    static async Task ToAsync(RolloutRequest request, string file, IReporter reporter, CancellationToken cancellationToken)
    {
        var directory = new DeployDirectory(request.Directory);
        var pair = await ImagePair.ReadAsync(directory.PathOf(file), cancellationToken);
        var orchestrator = Of(request, reporter);
        var before = await orchestrator.CurrentAsync(cancellationToken);
        reporter.Message(Importance.High, before is null ? $"Rolling out {pair}" : before == pair ? $"'{request.Name}' has {pair} already" : $"Rolling out {pair} in place of {before}");
        var start = DateTime.UtcNow;
        if (await orchestrator.ApplyAsync(pair, before, cancellationToken) is { } reason)
            throw new StillframeException(
                ErrorCodes.RolloutFailed, $"{pair} is not healthy: {reason}. {(before is null ? "Nothing was there before" : $"{before} runs as before")}. Look at the logs of the service, and publish one that starts.");
        if (before is not null && before != pair)
            await directory.WritePreviousAsync(before, cancellationToken);
        reporter.Message(Importance.High, string.Create(CultureInfo.InvariantCulture, $"'{request.Name}' runs {pair}, after {(DateTime.UtcNow - start).TotalSeconds:0} s"));
    }

    static IOrchestrator Of(RolloutRequest request, IReporter reporter) => request.Orchestrator switch
    {
        OrchestratorKind.Swarm => new SwarmOrchestrator(request, reporter),
        OrchestratorKind.Kubernetes => new KubernetesOrchestrator(request),
        _ => new ComposeOrchestrator(request),
    };

    /// <summary>Null where the frame is no longer in its registry, or there is none to ask.</summary>
    static async Task<FrameLabels?> LabelsAsync(string frame, IReporter reporter, CancellationToken cancellationToken)
    {
        try
        {
            var reference = Reference.Parse(frame);
            using var client = new RegistryClient(reference.Registry, reference.Repository, RegistryAccess.Pull, new(), reporter);
            return await new RegistryFrames(client).FindAsync(reference.ManifestName, cancellationToken) is var (_, config) ? FrameLabels.Read(config.Labels) : null;
        }
        catch (StillframeException e)
        {
            reporter.Message(Importance.Normal, $"What data '{frame}' has is not known: {e.Message}");
            return null;
        }
    }

    static string Short(string image) => ImagePair.Parts(image) is var (repository, digest) ? $"{repository[(repository.LastIndexOf('/') + 1)..]}@{digest["sha256:".Length..][..12]}" : image;
}
