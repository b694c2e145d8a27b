using Stillframe.Dumps;

namespace Stillframe.Engines;

/// <summary>Which engine a build asks for; the values of the <c>DatabaseEngine</c> property.</summary>
public enum EngineKind
{
    /// <summary>The first of the others that works, in their order here.</summary>
    Auto,
    /// <summary>The server of the base image, in a container of Docker.</summary>
    Docker,
    /// <summary>Likewise of Podman.</summary>
    Podman,
    /// <summary>The server that is installed on this host.</summary>
    Local,
    /// <summary>The server of the host's package sources, unpacked for the build.</summary>
    Embedded,
}

/// <summary>What a build asks of an engine.</summary>
/// <param name="Kind">Which engine.</param>
/// <param name="BaseImage">Image reference, <c>self</c>, or null for the engine's default.</param>
/// <param name="ServerPath">Path of <c>mariadbd</c> for the local engine; null looks on PATH.</param>
/// <param name="CacheDirectory">Where the embedded engine keeps unpacked servers between builds.</param>
/// <param name="WorkDirectory">Parent of temporary directories; null for the system's.</param>
public sealed record EngineOptions(
    EngineKind Kind,
    string? BaseImage,
    string? ServerPath,
    string CacheDirectory,
    string? WorkDirectory = null)
{
    /// <summary>
    /// How old the embedded engine's cached server may get before apt is asked for a newer one: the value of the <c>DatabaseServerMaximumAge</c> property, in days.
    /// <see cref="Timeout.InfiniteTimeSpan"/> never asks.
    /// </summary>
    public TimeSpan ServerMaximumAge { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Of which family the server is to be.</summary>
    public ServerKind Server { get; init; }

    internal ServerProgram Program => ServerProgram.Of(Server);
}

/// <summary>Where a throw-away server of one version can run.</summary>
interface IEngine
{
    /// <summary><c>docker</c>, <c>podman</c>, <c>local</c> or <c>embedded</c>.</summary>
    string Name { get; }

    /// <summary>Null where this engine works; otherwise one clause saying why not ("'docker' is not on PATH").</summary>
    Task<string?> WhyNotAsync(CancellationToken cancellationToken);

    /// <summary>Makes a private place to work in; its disposal leaves nothing behind.</summary>
    /// <exception cref="StillframeException">SF2002 to SF2005, SF2008.</exception>
    Task<ISandbox> OpenAsync(IReporter reporter, CancellationToken cancellationToken);
}
