using Microsoft.Build.Framework;
using Stillframe.Oci;
using Stillframe.Refreshing;

namespace Stillframe.MSBuild;

/// <summary>Takes the frame's repository for this refresh, and finds the frame that the released service has now.</summary>
public sealed class BeginDatabaseRefresh : DatabaseTask
{
    [Required]
    public string Registry { get; set; } = "";

    [Required]
    public string Repository { get; set; } = "";

    /// <summary>Of that frame; empty for the one that was pushed last.</summary>
    public string Tag { get; set; } = "";

    /// <summary>Takes the repository from another refresh.</summary>
    public bool Force { get; set; }

    /// <summary>That move to the fresh frame.</summary>
    [Output]
    public string[] Tags { get; private set; } = [];

    /// <summary>Of the release.</summary>
    [Output]
    public string Version { get; private set; } = "";

    /// <summary>Of the release.</summary>
    [Output]
    public string Revision { get; private set; } = "";

    protected override async Task ExecuteAsync(IReporter reporter, CancellationToken cancellationToken)
    {
        var repository = Reference.Of(Registry, Repository);
        var lease = await RepositoryLease.TakeAsync(repository, new(), LeaseTiming.Default with { FromOther = Force }, reporter, cancellationToken);
        try
        {
            var released = await ReleasedFrame.FindAsync(repository, Setting.Optional(Tag), new(), reporter, cancellationToken);
            (Tags, Version, Revision) = ([.. released.Tags], released.Description.Version ?? "", released.Description.Revision ?? "");
            new RefreshState(lease, released).Register(BuildEngine, ProjectFile);
            reporter.Message(Importance.High, $"Refreshing {released.Place}: release {(Version.Length > 0 ? Version : "unknown")}, data version {released.DataVersion[..12]}, tags {string.Join(' ', Tags)}");
        }
        catch
        {
            await lease.DisposeAsync();
            throw;
        }
    }
}
