using Stillframe.Destinations;
using Stillframe.Engines;
using Stillframe.Freezing;
using Stillframe.Images;
using Stillframe.Oci;
using Stillframe.Processes;

namespace Stillframe.Benchmarks.Servers;

/// <summary>A frame in the container engine.</summary>
sealed class FrameImage : IAsyncDisposable
{
    static readonly Reference Repository = Reference.Parse("localhost/stillframe/benchmark-frame");

    /// <summary>As production runs it.</summary>
    static readonly string[] Restricted =
        ["--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--tmpfs", ReadOnlyServer.RunDirectory, "--tmpfs", ReadOnlyServer.TemporaryDirectory];

    readonly string name;
    readonly CleanupCommand remove;

    FrameImage(string name) => (this.name, remove) = (name, Removal.Write("rmi", name));

    public static async Task<FrameImage> LoadAsync(string layoutDirectory, CancellationToken cancellationToken)
    {
        var image = await ImageLayout.ReadAsync(layoutDirectory, cancellationToken: cancellationToken);
        var tag = $"{Environment.ProcessId}-{image.Digest.Hex[..12]}";
        var loaded = new FrameImage(Repository.WithTag(tag).ToString());
        try
        {
            await new EngineDestination(ContainerCommand.Docker.Program, Repository).DeliverAsync(image, [tag], SilentReporter.Instance, cancellationToken);
            return loaded;
        }
        catch
        {
            await loaded.DisposeAsync();
            throw;
        }
    }

    /// <param name="readOnly">False lets the container write, to see that it doesn't.</param>
    /// <param name="limit">Options of the engine.</param>
    public Task<ServerContainer> StartAsync(CancellationToken cancellationToken, bool readOnly = true, params IEnumerable<string> limit) =>
        ServerContainer.StartAsync([.. Restricted, .. readOnly ? ["--read-only"] : Array.Empty<string>(), .. limit], name, [], cancellationToken);

    public ValueTask DisposeAsync() => remove.DisposeAsync();
}
