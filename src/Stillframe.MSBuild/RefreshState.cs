using Microsoft.Build.Framework;
using Stillframe.Refreshing;

namespace Stillframe.MSBuild;

/// <summary>A refresh from its beginning to the end of the build, however that ends: MSBuild disposes of it then.</summary>
sealed record RefreshState(RepositoryLease Lease, ReleasedFrame Released) : IDisposable
{
    /// <summary>Of the project's refresh in this build; null where there is none.</summary>
    public static RefreshState? Of(IBuildEngine engine, string project) =>
        ((IBuildEngine4)engine).GetRegisteredTaskObject(Key(project), RegisteredTaskObjectLifetime.Build) as RefreshState;

    public void Register(IBuildEngine engine, string project) =>
        ((IBuildEngine4)engine).RegisterTaskObject(Key(project), this, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);

    /// <summary>Sees that nobody else has published, or is about to.</summary>
    /// <exception cref="StillframeException">SF7002, SF7003.</exception>
    public async Task RequireAsync(IReporter reporter, CancellationToken cancellationToken)
    {
        await Lease.RequireAsync(cancellationToken);
        await Released.RequireSameAsync(new(), reporter, cancellationToken);
    }

    public void Dispose() => Lease.Dispose();

    static string Key(string project) => "Stillframe refresh of " + project;
}
