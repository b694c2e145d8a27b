namespace Stillframe.EndToEnd.Infrastructure;

/// <summary>A file system in memory that is as large as it is told, and gone after its disposal. Needs root.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    readonly TemporaryDirectory directory;

    SmallDisk(TemporaryDirectory directory) => this.directory = directory;

    public string Path => System.IO.Path.Combine(directory.Path, "disk");

    /// <summary>Whatever is on it.</summary>
    public IEnumerable<string> Entries => Directory.EnumerateFileSystemEntries(Path);

    /// <param name="options">Of the mount, such as <c>size=20m</c> or <c>ro</c>.</param>
    public static async Task<SmallDisk> MountAsync(string options)
    {
        var disk = new SmallDisk(TemporaryDirectory.Create());
        Directory.CreateDirectory(disk.Path);
        await Command.SucceedAsync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", disk.Path]);
        return disk;
    }

    /// <summary>Takes what is left of its room.</summary>
    public void Fill(string name = "filler")
    {
        using var file = File.Create(System.IO.Path.Combine(Path, name));
        try
        {
            while (true)
                file.Write(new byte[64 * 1024]);
        }
        catch (IOException)
        {
            // full
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Command.SucceedAsync("umount", [Path]);
        directory.Dispose();
    }
}
