namespace Stillframe.Images;

/// <summary>What a frame says of how it runs. OCI image specification, "Image Configuration", section "Properties".</summary>
sealed record FrameConfig
{
    /// <summary>The server itself: no shell, no entrypoint script.</summary>
    public required IReadOnlyList<string> Entrypoint { get; init; }

    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary><c>uid:gid</c>.</summary>
    public string User { get; init; } = Engines.ServerPlace.AnyUser;

    public IReadOnlyList<string> ExposedPorts { get; init; } = ["3306/tcp"];

    /// <summary>The server shuts down cleanly on it.</summary>
    public string StopSignal { get; init; } = "SIGTERM";

    /// <summary>Program and arguments that tell whether the server takes connections, run by the engine in the container; empty for none.</summary>
    public IReadOnlyList<string> HealthCheck { get; init; } = [];

    /// <summary>Added to the base image's own.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Added to the base image's own.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public DateTimeOffset Created { get; init; } = DateTimeOffset.UnixEpoch;
}
