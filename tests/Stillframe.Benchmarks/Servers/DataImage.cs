using Stillframe.Engines;
using Stillframe.Processes;

namespace Stillframe.Benchmarks.Servers;

/// <summary>An image with a data directory at <see cref="DefaultServer.Data"/>, as whoever copies one into an image gets it.</summary>
sealed class DataImage : IAsyncDisposable
{
    static readonly ContainerCommand Docker = ContainerCommand.Docker;

    readonly CleanupCommand remove;

    DataImage(string name) => (Name, remove) = (name, Removal.Write("rmi", name));

    public string Name { get; }

    /// <param name="from">The image with the server; null for <see cref="DefaultServer.Image"/>.</param>
    public static async Task<DataImage> CreateAsync(string data, CancellationToken cancellationToken, string? from = null)
    {
        var image = new DataImage($"localhost/stillframe/benchmark:{Environment.ProcessId}-{Path.GetRandomFileName()[..8]}");
        try
        {
            await CopiedData.CopyAsync([], data, from ?? DefaultServer.Image, cancellationToken, id => Docker.ReadAsync(["commit", id, image.Name], cancellationToken));
            return image;
        }
        catch
        {
            await image.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => remove.DisposeAsync();
}
