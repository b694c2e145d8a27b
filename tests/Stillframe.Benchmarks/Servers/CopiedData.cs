using Stillframe.Engines;

namespace Stillframe.Benchmarks.Servers;

/// <summary>A container that never runs: a data directory is copied into it, for what its engine then makes of it.</summary>
static class CopiedData
{
    /// <param name="options">Of <c>docker create</c>.</param>
    /// <param name="then">Gets the container's id; null where the copy was all.</param>
    public static async Task CopyAsync(IEnumerable<string> options, string data, string image, CancellationToken cancellationToken, Func<string, Task>? then = null)
    {
        var id = await ContainerCommand.Docker.ReadAsync(["create", .. options, image, "true"], cancellationToken);
        try
        {
            await ContainerCommand.Docker.ReadAsync(["cp", $"{data}/.", $"{id}:{DefaultServer.Data}"], cancellationToken);
            if (then is not null)
                await then(id);
        }
        finally
        {
            await ContainerCommand.Docker.RemoveContainerAsync(id);
        }
    }
}
