using Stillframe.Destinations;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Images;
using Stillframe.Oci;
using Stillframe.Registries;
using Stillframe.Retention;

namespace Stillframe.EndToEnd.Destinations;

public sealed class PushedIndexes(RegistryFixture fixture) : IClassFixture<RegistryFixture>, IDisposable
{
    readonly TemporaryDirectory directory = TemporaryDirectory.Create();
    readonly RegistryOptions options = new() { Environment = _ => null, FirstWait = TimeSpan.FromMilliseconds(20) };
    readonly ListeningReporter reporter = new();

    public void Dispose() => directory.Dispose();

    [NeedsFact(Need.Registry)]
    public async Task Come_after_their_images_and_before_their_tags()
    {
        await using var proxy = new FaultProxy(fixture.Registry.Host);
        var image = await ImageIndex.JoinAsync([await TestImages.MakeAsync(directory.Path, "own"), await OtherAsync("own")], default);

        var delivery = await new RegistryDestination(Reference.Of(proxy.Host, "ordered"), options, "newest").DeliverAsync(image, ["1", "2"], reporter, default);

        Assert.Equal(image.Digest, delivery.Digest);
        Assert.Equal(image.Blobs.Count, delivery.BlobsSent + delivery.BlobsSkipped + delivery.BlobsMounted);
        Assert.Equal(
            [.. image.Platforms.Select(platform => platform.Digest.ToString()), image.Digest.ToString(), "1", "2", "newest"],
            proxy.Requests.Where(request => request.Method == "PUT" && request.Path.Contains("/manifests/", StringComparison.Ordinal)).Select(request => request.Path.Split('/')[^1]));
    }

    [NeedsFact(Need.Registry)]
    public async Task That_go_take_along_the_images_that_no_other_has()
    {
        var place = Reference.Of(fixture.Registry.Host, "pruned-indexes");
        var shared = await TestImages.MakeAsync(directory.Path, "shared");
        var (one, other) = (await OtherAsync("one"), await OtherAsync("other"));
        var kept = await ImageIndex.JoinAsync([shared, one], default);
        var removed = await ImageIndex.JoinAsync([shared, other], default);
        foreach (var image in new[] { kept, removed })
            await new RegistryDestination(place, options).DeliverAsync(image, [image.Digest.Hex[..8]], reporter, default);

        var images = await IndexedImages.OfAsync(place, [Item(kept, "newest"), Item(removed)], reporter, default);

        Assert.Equal([other.Digest], images);
    }

    static PrunedItem Item(OciImage image, params string[] reasons) => new(image.Digest, [image.Digest.Hex[..8]], DateTimeOffset.UnixEpoch, "", 1, reasons);

    async Task<OciImage> OtherAsync(string text)
    {
        var image = await TestImages.MakeAsync(directory.Path, text);
        var json = (await image.ReadConfigAsync(default)).ToJson();
        json["architecture"] = "riscv64";
        var config = Blob.OfBytes(MediaTypes.OciConfig, ImageConfig.Of(json).ToBytes());
        var manifest = new ManifestJson(2, MediaTypes.OciManifest, config.Descriptor, [.. image.Layers.Select(layer => layer.Descriptor)]);
        return new(Blob.OfBytes(MediaTypes.OciManifest, Wire.Write(manifest)), config, image.Layers);
    }
}
