namespace Stillframe.Rollouts;

/// <summary>Who runs the replicas.</summary>
public enum OrchestratorKind
{
    /// <summary>Docker's own (<c>docker stack</c>).</summary>
    Swarm,
    /// <summary>By <c>kubectl</c>.</summary>
    Kubernetes,
    /// <summary>Compose, on one machine; replaces in place, with a gap.</summary>
    Compose,
}

/// <summary>What is to be rolled out, and where.</summary>
/// <param name="Directory">As <see cref="DeployDirectory"/>.</param>
/// <param name="Name">Of the stack, the compose project or the Kubernetes deployment.</param>
public sealed record RolloutRequest(string Directory, OrchestratorKind Orchestrator, string Name)
{
    /// <summary>A pair that is not healthy after this time is taken back.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary>A running replica and what it serves.</summary>
/// <param name="Name">As the orchestrator calls it.</param>
/// <param name="State">The orchestrator's word, such as <c>running</c>.</param>
public sealed record Replica(string Name, string State, ImagePair Pair);
