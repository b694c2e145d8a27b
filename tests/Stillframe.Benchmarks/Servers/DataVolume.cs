using Stillframe.Engines;
using Stillframe.Processes;

namespace Stillframe.Benchmarks.Servers;

/// <summary>A volume with a data directory.</summary>
sealed class DataVolume : IAsyncDisposable
{
    static readonly ContainerCommand Docker = ContainerCommand.Docker;

    readonly CleanupCommand remove;

    DataVolume(string name) => (Name, remove) = (name, Removal.Write("volume", "rm", "-f", name));

    public string Name { get; }

    public static async Task<DataVolume> CreateAsync(string data, CancellationToken cancellationToken)
    {
        var volume = new DataVolume($"stillframe-benchmark-{Environment.ProcessId}-{Path.GetRandomFileName()[..8]}");
        try
        {
            await Docker.ReadAsync(["volume", "create", volume.Name], cancellationToken);
            await CopiedData.CopyAsync(["--volume", $"{volume.Name}:{DefaultServer.Data}"], data, DefaultServer.Image, cancellationToken);
            return volume;
        }
        catch
        {
            await volume.DisposeAsync();
            throw;
        }
    }

    /// <summary>What its files take.</summary>
    public async Task<double> MegabytesAsync(CancellationToken cancellationToken)
    {
        var directory = await Docker.ReadAsync(["volume", "inspect", "--format", "{{.Mountpoint}}", Name], cancellationToken);
        return new DirectoryInfo(directory.Trim()).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) / 1e6;
    }

    public ValueTask DisposeAsync() => remove.DisposeAsync();
}
