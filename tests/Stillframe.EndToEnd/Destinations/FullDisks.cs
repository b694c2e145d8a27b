using Stillframe.Destinations;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Images;
using Stillframe.Layers;
using Stillframe.Registries;

namespace Stillframe.EndToEnd.Destinations;

public sealed class FullDisks : IAsyncLifetime
{
    readonly TemporaryDirectory directory = TemporaryDirectory.Create();
    bool mounted;

    string Small => Path.Combine(directory.Path, "small");

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Small);
        mounted = (await Command.RunAsync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", Small])).ExitCode == 0;
    }

    public async Task DisposeAsync()
    {
        if (mounted)
            await Command.RunAsync("umount", [Small]);
        directory.Dispose();
    }

    [NeedsFact(Need.Root)]
    public async Task A_layer_that_does_not_fit_leaves_nothing()
    {
        var big = Path.Combine(directory.Path, "big");
        var bytes = new byte[4_000_000];
        Seed.Random().NextBytes(bytes);
        await File.WriteAllBytesAsync(big, bytes);

        var e = await Assert.ThrowsAsync<StillframeException>(() =>
            LayerWriter.WriteAllAsync([new("big", [new LayerEntry.File("/big", big)])], Small, new(), SilentReporter.Instance, default));

        AssertFull(e);
    }

    [NeedsFact(Need.Root)]
    public async Task An_archive_that_does_not_fit_leaves_nothing()
    {
        var image = await TestImages.MakeAsync(directory.Path, "full", 4_000_000);

        var e = await Assert.ThrowsAsync<StillframeException>(() =>
            new OciArchiveDestination(Path.Combine(Small, "image.tar"), Reference.Parse("a/b")).DeliverAsync(image, ["1"], SilentReporter.Instance, default));

        AssertFull(e);
    }

    [NeedsFact(Need.Root)]
    public async Task A_layout_that_does_not_fit_leaves_nothing()
    {
        var image = await TestImages.MakeAsync(directory.Path, "full", 4_000_000);

        var e = await Assert.ThrowsAsync<StillframeException>(() => ImageLayout.WriteAsync(image, Path.Combine(Small, "layout"), "1", default));

        AssertFull(e);
    }

    void AssertFull(StillframeException e)
    {
        Assert.Equal(ErrorCodes.WriteFailed, e.Code);
        Assert.Contains("No space left on device", e.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Small));
    }
}
