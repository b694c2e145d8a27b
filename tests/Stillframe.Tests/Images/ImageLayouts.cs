using Stillframe.Images;
using Stillframe.Oci;

namespace Stillframe.Tests.Images;

public sealed class ImageLayouts : IDisposable
{
    readonly TemporaryDirectory directory = TemporaryDirectory.Create();

    string Layout => Path.Combine(directory.Path, "lay out");

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task What_was_written_is_read()
    {
        var image = await SmallImage.MakeAsync(directory.Path);
        await ImageLayout.WriteAsync(image, Layout, "1.0", default);

        var read = await ImageLayout.ReadAsync(Layout, digests: true);

        Assert.Equal(image.Digest, read.Digest);
        Assert.Equal(image.Layers.Select(layer => (layer.Descriptor, layer.Origin)), read.Layers.Select(layer => (layer.Descriptor, layer.Origin)));
        Assert.Equal(new BlobOrigin("docker.io", "library/base"), read.Layers[0].Origin);
        Assert.Equal("""{"imageLayoutVersion":"1.0.0"}""", await File.ReadAllTextAsync(Path.Combine(Layout, "oci-layout")));
    }

    [Fact]
    public async Task A_layout_is_replaced_as_a_whole()
    {
        var image = await SmallImage.MakeAsync(directory.Path);
        Directory.CreateDirectory(Layout);
        await File.WriteAllTextAsync(Path.Combine(Layout, "old"), "");

        await ImageLayout.WriteAsync(image, Layout, null, default);

        Assert.False(File.Exists(Path.Combine(Layout, "old")));
        Assert.Equal(["lay out"], Directory.EnumerateDirectories(directory.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_layout_that_fails_leaves_the_old_one()
    {
        var image = await SmallImage.MakeAsync(directory.Path);
        await ImageLayout.WriteAsync(image, Layout, null, default);
        var broken = image with { Layers = [.. image.Layers, new(new("x", Stillframe.Oci.Digest.Of([1]), 1), _ => Task.FromResult<Stream>(new MemoryStream([2])))] };

        var e = await Assert.ThrowsAsync<StillframeException>(() => ImageLayout.WriteAsync(broken, Layout, null, default));

        Assert.Equal(ErrorCodes.DigestMismatch, e.Code);
        Assert.Equal(image.Digest, (await ImageLayout.ReadAsync(Layout, digests: true)).Digest);
        Assert.Equal(["lay out"], Directory.EnumerateDirectories(directory.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_changed_blob_is_found()
    {
        var image = await SmallImage.MakeAsync(directory.Path);
        await ImageLayout.WriteAsync(image, Layout, null, default);
        var blob = Path.Combine(Layout, "blobs", "sha256", image.Layers[1].Descriptor.Digest.Hex);
        var bytes = await File.ReadAllBytesAsync(blob);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(blob, bytes);

        var e = await Assert.ThrowsAsync<StillframeException>(() => ImageLayout.ReadAsync(Layout, digests: true));
        Assert.Equal(ErrorCodes.DigestMismatch, e.Code);
    }

    [Fact]
    public async Task A_missing_blob_is_found_at_once()
    {
        var image = await SmallImage.MakeAsync(directory.Path);
        await ImageLayout.WriteAsync(image, Layout, null, default);
        File.Delete(Path.Combine(Layout, "blobs", "sha256", image.Layers[1].Descriptor.Digest.Hex));

        var e = await Assert.ThrowsAsync<StillframeException>(() => ImageLayout.ReadAsync(Layout));
        Assert.Equal(ErrorCodes.LayoutInvalid, e.Code);
    }

    [Fact]
    public async Task A_directory_that_is_none_is_refused() =>
        Assert.Equal(ErrorCodes.LayoutInvalid, (await Assert.ThrowsAsync<StillframeException>(() => ImageLayout.ReadAsync(directory.Path))).Code);
}
