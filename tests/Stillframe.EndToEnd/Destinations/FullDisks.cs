using Stillframe.Destinations;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Images;
using Stillframe.Layers;
using Stillframe.Oci;

namespace Stillframe.EndToEnd.Destinations;

public sealed class FullDisks : IAsyncLifetime
{
    readonly TemporaryDirectory directory = TemporaryDirectory.Create();
    SmallDisk? disk;

    string Small => disk!.Path;

    public async Task InitializeAsync() => disk = Needs.Missing(Need.Root) is null ? await SmallDisk.MountAsync("size=1m") : null;

    public async Task DisposeAsync()
    {
        if (disk is not null)
            await disk.DisposeAsync();
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

        AssertFull(e, "too little room");
    }

    [NeedsFact(Need.Root)]
    public async Task A_layout_that_does_not_fit_leaves_nothing()
    {
        var image = await TestImages.MakeAsync(directory.Path, "full", 4_000_000);

        var e = await Assert.ThrowsAsync<StillframeException>(() => ImageLayout.WriteAsync(image, Path.Combine(Small, "layout"), "1", default));

        AssertFull(e);
    }

    void AssertFull(StillframeException e, string words = "No space left on device")
    {
        Assert.Equal(ErrorCodes.WriteFailed, e.Code);
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
        Assert.Empty(disk!.Entries);
    }
}
