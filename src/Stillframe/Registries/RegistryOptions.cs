namespace Stillframe.Registries;

/// <summary>How to talk to registries.</summary>
public sealed record RegistryOptions
{
    /// <summary>How often a request is made before it counts as failed.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>The wait before the second attempt; doubled before each further one.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>A registry that asks for a longer wait gets this one.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a registry may be silent, or take no bytes, before the attempt counts as failed.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>Blobs sent at the same time.</summary>
    public int ParallelUploads { get; init; } = 3;

    /// <summary>Environment variables; see <see cref="CredentialSearch"/> and <see cref="IsInsecure"/>.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>
    /// Whether plain HTTP and unknown certificates are good enough: for this machine, and for what <c>DOTNET_CONTAINER_INSECURE_REGISTRIES</c>
    /// names (comma-separated), as for the .NET SDK.
    /// </summary>
    internal bool IsInsecure(string registry)
    {
        if (Uri.TryCreate("https://" + registry, UriKind.Absolute, out var uri) && uri.IsLoopback)
            return true;
        return Named().Contains(registry, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The same of a host, whichever port is meant.</summary>
    internal bool IsInsecureHost(string host) =>
        IsInsecure(host) || Named().Any(name => Uri.TryCreate("https://" + name, UriKind.Absolute, out var uri) && string.Equals(uri.Host, host, StringComparison.OrdinalIgnoreCase));

    string[] Named() => (Environment("DOTNET_CONTAINER_INSECURE_REGISTRIES") ?? "").Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
