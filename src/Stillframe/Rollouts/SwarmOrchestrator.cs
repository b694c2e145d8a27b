using System.Globalization;

namespace Stillframe.Rollouts;

/// <summary>
/// A stack of Docker's Swarm. Each frame is a service of its own, named for its digest, and each replica names the frame that it was rolled out with: while replicas are replaced, old ones read the old
/// frame and new ones the new, and the old one goes when nobody names it any more. docs/rolling-out.md.
/// </summary>
sealed class SwarmOrchestrator(RolloutRequest request, IReporter reporter) : IOrchestrator
{
    static readonly Orchestrating docker = new("docker");

    readonly SwarmServices services = new(docker, request.Name);

    public async Task<ImagePair?> CurrentAsync(CancellationToken cancellationToken) =>
        (await services.ReadAsync(SwarmServices.OfService, cancellationToken)).Select(service => service.Pair).FirstOrDefault(pair => pair is not null);

    public async Task<string?> ApplyAsync(ImagePair pair, ImagePair? before, CancellationToken cancellationToken)
    {
        var old = await services.ReadAsync(SwarmServices.OfService, cancellationToken);
        var ran = await RunningAsync(old, old.Select(service => service.Pair), cancellationToken);
        var text = Filled(await new DeployDirectory(request.Directory).ReadAsync(DeployDirectory.Stack, cancellationToken), pair);
        // not --prune: the old frame is read until the last old replica is gone
        await docker.RunAsync(["stack", "deploy", "--with-registry-auth", "--compose-file", "-", request.Name], cancellationToken, text);
        if (await WaitAsync(pair, old, cancellationToken) is { } reason)
        {
            return await BackAsync(old, ran, cancellationToken)
                ? reason
                : string.Create(CultureInfo.InvariantCulture, $"{reason}; and what ran before has not all of its {ran} replicas again after {(int)request.Limit.TotalSeconds} s");
        }

        await RemoveFramesAsync(cancellationToken);
        return null;
    }

    public async Task<IReadOnlyList<Replica>> ReplicasAsync(CancellationToken cancellationToken) => await services.ReplicasAsync(cancellationToken);

    /// <summary>Only these three: the others are for docker, which takes them from its environment.</summary>
    internal static string Filled(string text, ImagePair pair) => text
        .Replace($"${{{ImagePair.ServiceVariable}}}", pair.Service, StringComparison.Ordinal)
        .Replace($"${{{ImagePair.FrameVariable}}}", pair.Frame, StringComparison.Ordinal)
        .Replace($"${{{ImagePair.IdVariable}}}", pair.FrameId, StringComparison.Ordinal);

    /// <returns>Null when every service has as many healthy replicas of the pair as it is to have.</returns>
    async Task<string?> WaitAsync(ImagePair pair, IReadOnlyList<SwarmService> old, CancellationToken cancellationToken)
    {
        var shown = "";
        var ids = await services.IdsAsync(SwarmServices.OfService, cancellationToken);
        var outcome = await Orchestrating.UntilAsync(request.Limit, async () =>
        {
            var now = await services.ReadAsync(ids, cancellationToken);
            if (now.Count == 0)
                return $"no service of 'stack.yaml' has the label {SwarmServices.RoleLabel}: {SwarmServices.OfService}";
            if (now.FirstOrDefault(service => service.HasFailedSince(old.FirstOrDefault(one => one.Id == service.Id))) is { } failed)
                return $"docker service '{failed.Name}' {failed.UpdateMessage}{await new SwarmFailure(docker).ExplainAsync(failed.Id, failed.UpdateMessage, cancellationToken)}";
            var replicas = await RunningAsync(now, [pair], cancellationToken);
            var progress = string.Create(CultureInfo.InvariantCulture, $"{replicas} of {now.Sum(service => service.Replicas)} replicas");
            if (progress != shown)
                reporter.Message(Importance.Normal, shown = progress);
            return now.All(service => service.Pair == pair && !service.IsUpdating) && replicas == now.Sum(service => service.Replicas) ? "" : null;
        }, cancellationToken);
        return outcome is "" ? null : outcome ?? $"its replicas do not answer after {(int)request.Limit.TotalSeconds} s{await ExplainAsync(cancellationToken)}";
    }

    /// <summary>Of the first service that a replica of ended.</summary>
    async Task<string> ExplainAsync(CancellationToken cancellationToken)
    {
        foreach (var service in await services.ReadAsync(SwarmServices.OfService, cancellationToken))
        {
            if (await new SwarmFailure(docker).ExplainAsync(service.Id, service.UpdateMessage, cancellationToken) is { Length: > 0 } reason)
                return reason;
        }

        return "";
    }

    /// <summary>Healthy replicas of some of these pairs.</summary>
    async Task<int> RunningAsync(IReadOnlyList<SwarmService> of, IEnumerable<ImagePair?> pairs, CancellationToken cancellationToken) =>
        (await services.ReplicasAsync([.. of.Select(service => service.Id)], cancellationToken)).Count(replica => replica.State == "running" && pairs.Contains(replica.Pair));

    /// <summary>Where Swarm has not gone back by itself; a replica that it took away is there again when another one answers.</summary>
    /// <param name="ran">Replicas that were healthy before.</param>
    /// <returns>False when so many are not there again in time.</returns>
    async Task<bool> BackAsync(IReadOnlyList<SwarmService> old, int ran, CancellationToken cancellationToken)
    {
        foreach (var service in await services.ReadAsync(SwarmServices.OfService, cancellationToken))
        {
            if (old.FirstOrDefault(one => one.Id == service.Id) is not { } before)
                await docker.RunAsync(["service", "rm", service.Id], cancellationToken);
            else if (service.Pair != before.Pair && !service.IsGoingBack)
                await docker.TryAsync(["service", "rollback", "--detach", service.Id], cancellationToken);
        }

        var ids = await services.IdsAsync(SwarmServices.OfService, cancellationToken);
        var outcome = await Orchestrating.UntilAsync(
            request.Limit,
            async () => await services.ReadAsync(ids, cancellationToken) is var now && now.All(service => !service.IsUpdating) && await RunningAsync(now, now.Select(service => service.Pair), cancellationToken) >= ran ? "" : null,
            cancellationToken);
        await RemoveFramesAsync(cancellationToken);
        return outcome is not null;
    }

    /// <summary>Those that neither a service nor one of its replicas names.</summary>
    async Task RemoveFramesAsync(CancellationToken cancellationToken)
    {
        var named = (await services.ReadAsync(SwarmServices.OfService, cancellationToken)).Select(service => service.Pair?.Frame)
            .Concat((await services.ReplicasAsync(cancellationToken)).Select(replica => replica.Pair.Frame)).ToHashSet();
        foreach (var frame in (await services.ReadAsync(SwarmServices.OfFrame, cancellationToken)).Where(frame => !named.Contains(frame.Image)))
        {
            reporter.Message(Importance.Normal, $"Nobody reads '{frame.Name}' any more");
            await docker.TryAsync(["service", "rm", frame.Id], cancellationToken);
        }
    }
}
