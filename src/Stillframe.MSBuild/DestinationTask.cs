using Microsoft.Build.Framework;

namespace Stillframe.MSBuild;

/// <summary>A task that knows where the frame goes.</summary>
public abstract class DestinationTask : DatabaseTask
{
    public string Registry { get; set; } = "";

    [Required]
    public string Repository { get; set; } = "";

    public string[] Tags { get; set; } = [];

    /// <summary>A file or a directory; takes precedence over a registry.</summary>
    public string ArchiveOutputPath { get; set; } = "";

    /// <summary>Where the service's archive goes.</summary>
    public string ServiceArchive { get; set; } = "";

    /// <summary>The container engine that the service goes to (<c>LocalRegistry</c>: Docker or Podman); empty takes the first that answers.</summary>
    public string LocalEngine { get; set; } = "";

    /// <summary>Takes an archive where there is no registry and no container engine.</summary>
    [Required]
    public string FallbackDirectory { get; set; } = "";

    internal DestinationChoice Choice => new(
        Repository,
        Setting.Optional(ArchiveOutputPath),
        Setting.Optional(ServiceArchive),
        Setting.Optional(Registry),
        Setting.Optional(LocalEngine),
        FallbackDirectory);
}
