using System.Formats.Tar;
using Stillframe.Destinations;
using Stillframe.Images;
using Stillframe.Inspection;
using Stillframe.Oci;

namespace Stillframe.Tests.Images;

public sealed class ImagesOfPlatforms : IDisposable
{
    readonly TemporaryDirectory directory = TemporaryDirectory.Create();

    string Layout => Path.Combine(directory.Path, "layout");

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Are_named_by_one_index_in_whichever_order_they_come()
    {
        var (one, other) = (await SmallImage.MakeAsync(directory.Path), await OfAsync("arm64"));

        var image = await ImageIndex.JoinAsync([one, other], default);
        var again = await ImageIndex.JoinAsync([other, one], default);

        Assert.Equal(image.Digest, again.Digest);
        Assert.Equal(MediaTypes.OciIndex, image.Top.Descriptor.MediaType);
        var index = Wire.Read<IndexJson>(await BytesAsync(image.Top), "");
        Assert.Equal(["linux/amd64", "linux/arm64"], index.Manifests.Select(entry => entry.Platform!.ToString()));
        Assert.Equal([one.Digest, other.Digest], index.Manifests.Select(entry => entry.Digest));
        Assert.Equal(one.Layers.Count + 2, image.Blobs.Count); // layers are shared
        Assert.Equal(Platform.Current.Architecture == "arm64" ? other.Config : one.Config, image.Config);
    }

    [Fact]
    public async Task Of_one_platform_are_that_image()
    {
        var one = await SmallImage.MakeAsync(directory.Path);

        Assert.Same(one.Manifest, (await ImageIndex.JoinAsync([one], default)).Top);
    }

    [Fact]
    public async Task Are_read_from_a_layout_as_they_were_written()
    {
        var image = await ImageIndex.JoinAsync([await SmallImage.MakeAsync(directory.Path), await OfAsync("arm64")], default);
        await ImageLayout.WriteAsync(image, Layout, "1.0", default);

        var read = await ImageLayout.ReadAsync(Layout, digests: true);

        Assert.Equal(image.Digest, read.Digest);
        Assert.Equal(image.Size, read.Size);
        Assert.Equal(image.Manifests.Select(blob => blob.Descriptor.Digest), read.Manifests.Select(blob => blob.Descriptor.Digest));
        Assert.All(read.Platforms, platform => Assert.Equal(new BlobOrigin("docker.io", "library/base"), platform.Layers[0].Origin));
        Assert.All(read.Platforms, platform => Assert.Null(platform.Layers[1].Origin));
    }

    [Fact]
    public async Task Are_no_docker_archive_and_this_machines_is_read_of_the_layout_in_it()
    {
        var image = await ImageIndex.JoinAsync([await SmallImage.MakeAsync(directory.Path), await OfAsync("arm64")], default);
        var path = Path.Combine(directory.Path, "a.tar");

        var delivery = await new OciArchiveDestination(path, Reference.Parse("localhost/shop-db")).DeliverAsync(image, ["1.0"], SilentReporter.Instance, default);

        Assert.Equal(image.Digest, delivery.Digest);
        using (var reader = new TarReader(File.OpenRead(path)))
        {
            while (reader.GetNextEntry() is { } entry)
                Assert.NotEqual("manifest.json", entry.Name);
        }

        var (read, config) = await new ArchivedImage(path).ReadAsync(default);
        Assert.Equal(image.Digest, read.Digest);
        Assert.Equal(image.Manifest.Descriptor.Digest, read.Manifest.Descriptor.Digest);
        Assert.Equal((await image.ReadConfigAsync(default)).Platform, config.Platform);
    }

    [Fact]
    public async Task Have_scratch_images_of_the_same_platforms()
    {
        var image = await ImageIndex.JoinAsync([await SmallImage.MakeAsync(directory.Path), await OfAsync("arm64")], default);

        var scratch = await ScratchImage.OfAsync(image, default);

        Assert.NotEqual(image.Digest, scratch.Digest);
        Assert.Equal(2, scratch.Platforms.Count);
    }

    [Theory]
    [InlineData("linux/amd64 here", "here")]
    [InlineData("linux/s390x linux/amd64", "linux/amd64")]
    [InlineData("linux/s390x linux/ppc64le", "linux/s390x")]
    [InlineData("unknown/unknown linux/s390x", "linux/s390x")]
    [InlineData("unknown/unknown", "")]
    public void Of_an_index_are_this_machines_else_the_usual_else_the_first(string offered, string chosen)
    {
        var index = new IndexJson(2, null, [.. offered.Split(' ').Select(text => new Descriptor(MediaTypes.OciManifest, Digest.Of([1]), 1, Parse(text)))]);

        Assert.Equal(chosen.Length == 0 ? null : Parse(chosen), index.ForThisMachine()?.Platform);
    }

    static Platform Parse(string text) => text == "here" ? Platform.Current : new(text.Split('/')[1], text.Split('/')[0]);

    async Task<OciImage> OfAsync(string architecture)
    {
        var image = await SmallImage.MakeAsync(directory.Path);
        var json = (await image.ReadConfigAsync(default)).ToJson();
        json["architecture"] = architecture;
        var config = Blob.OfBytes(MediaTypes.OciConfig, ImageConfig.Of(json).ToBytes());
        var manifest = new ManifestJson(2, MediaTypes.OciManifest, config.Descriptor, [.. image.Layers.Select(layer => layer.Descriptor)]);
        return new(Blob.OfBytes(MediaTypes.OciManifest, Wire.Write(manifest)), config, image.Layers);
    }

    static async Task<byte[]> BytesAsync(Blob blob)
    {
        await using var stream = await blob.Open(default);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
