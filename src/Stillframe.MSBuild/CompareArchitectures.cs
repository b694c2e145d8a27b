using Stillframe.Oci;

namespace Stillframe.MSBuild;

/// <summary>Warns where a service runs on processors that its frame does not run on.</summary>
public sealed class CompareArchitectures : DatabaseTask
{
    /// <summary>The service's runtime identifiers.</summary>
    public string[] Runtimes { get; set; } = [];

    /// <summary>The frame's own (<c>DatabaseImageRuntimeIdentifiers</c>); empty for the service's.</summary>
    public string[] FrameRuntimes { get; set; } = [];

    protected override Task ExecuteAsync(IReporter reporter, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> architectures = FrameArchitectures.Of(FrameRuntimes, Runtimes) is { Count: > 0 } several ? [.. several.Select(platform => platform.Architecture)] : [Platform.Current.Architecture];
        var frame = string.Join(", ", architectures);
        var others = string.Join(", ", ServiceArchitectures.OtherThan(architectures, Runtimes).Distinct());
        if (others.Length > 0)
        {
            reporter.Warning(
                ErrorCodes.ArchitectureDiffers,
                $"The service is published for {string.Join(", ", Runtimes)}, its database image for {frame} alone: a machine of {others} does not run it. "
                + $"Have the database run on machines of {frame} (Kubernetes: nodeSelector kubernetes.io/arch), name all of them in DatabaseImageRuntimeIdentifiers, or publish it on one of {others}, too, under tags of its own (DatabaseImageTags).",
                ProjectFile.Length == 0 ? null : new(ProjectFile));
        }

        return Task.CompletedTask;
    }
}
