using System.Text.Json;
using Stillframe.Destinations;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Images;
using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.EndToEnd.Destinations;

public sealed class PushedImages(RegistryFixture fixture) : IClassFixture<RegistryFixture>, IDisposable
{
    readonly TemporaryDirectory directory = TemporaryDirectory.Create();
    readonly RegistryOptions options = new() { Environment = _ => null, FirstWait = TimeSpan.FromMilliseconds(20) };

    public void Dispose() => directory.Dispose();

    [NeedsFact(Need.Registry, Need.Skopeo)]
    public async Task Can_be_inspected_and_copied_by_others()
    {
        var image = await TestImages.MakeAsync(directory.Path, "hello");

        var delivery = await PushAsync(fixture.Registry.Host, "inspected", image, "1.0", "data-1");

        var host = fixture.Registry.Host;
        Assert.Equal($"{host}/inspected@{image.Digest}", delivery.Reference);
        Assert.Equal((4, 0, 0), (delivery.BlobsSent, delivery.BlobsMounted, delivery.BlobsSkipped));
        Assert.Equal(image.Blobs.Sum(blob => blob.Descriptor.Size), delivery.BytesSent);
        var inspected = JsonDocument.Parse(await Command.SucceedAsync("skopeo", ["inspect", "--tls-verify=false", $"docker://{host}/inspected:data-1"])).RootElement;
        Assert.Equal(image.Digest.ToString(), inspected.GetProperty("Digest").GetString());
        var layout = Path.Combine(directory.Path, "copied");
        await Command.SucceedAsync("skopeo", ["copy", "--src-tls-verify=false", $"docker://{host}/inspected:1.0", $"oci:{layout}:1.0"]);
        Assert.Equal(image.Digest, (await ImageLayout.ReadAsync(layout, digests: true)).Digest);
    }

    [NeedsFact(Need.Registry)]
    public async Task Are_not_sent_again()
    {
        await using var proxy = new FaultProxy(fixture.Registry.Host);
        var image = await TestImages.MakeAsync(directory.Path, "twice");
        await PushAsync(proxy.Host, "twice", image, "1.0");
        proxy.Forget();

        var delivery = await PushAsync(proxy.Host, "twice", image, "1.0");

        Assert.Equal((0, 0L, 0, 4), (delivery.BlobsSent, delivery.BytesSent, delivery.BlobsMounted, delivery.BlobsSkipped));
        Assert.DoesNotContain(proxy.Requests, request => request.Path.Contains("/blobs/", StringComparison.Ordinal));
    }

    [NeedsFact(Need.Registry)]
    public async Task Cost_what_changed()
    {
        await PushAsync(fixture.Registry.Host, "changed", await TestImages.MakeAsync(directory.Path, "one"), "1.0");

        var delivery = await PushAsync(fixture.Registry.Host, "changed", await TestImages.MakeAsync(directory.Path, "other"), "1.0");

        Assert.Equal((2, 2), (delivery.BlobsSent, delivery.BlobsSkipped)); // the changed layer and the configuration
    }

    [NeedsFact(Need.Registry)]
    public async Task Get_their_tags_last()
    {
        await using var proxy = new FaultProxy(fixture.Registry.Host);
        var image = await TestImages.MakeAsync(directory.Path, "order");

        await PushAsync(proxy.Host, "order", image, "data-1", "1.0");

        var writes = proxy.Requests.Where(request => request.Method == "PUT").Select(request => request.Path).ToList();
        Assert.Equal([$"/v2/order/manifests/{image.Digest}", "/v2/order/manifests/data-1", "/v2/order/manifests/1.0"], writes[^3..]);
        Assert.All(writes[..^3], path => Assert.StartsWith("/v2/order/blobs/uploads/", path, StringComparison.Ordinal));
        Assert.Equal(4, writes.Count - 3);
    }

    [NeedsFact(Need.Registry)]
    public async Task Mount_what_the_registry_has_elsewhere()
    {
        var host = fixture.Registry.Host;
        var original = await TestImages.MakeAsync(directory.Path, "base");
        await PushAsync(host, "library/base", original, "1");
        var cache = new BlobCache(Path.Combine(directory.Path, "cache"));
        var found = await new RegistryBaseImages(cache, options, SilentReporter.Instance).ResolveAsync($"{host}/library/base:1", Stillframe.Oci.Platform.Current, default);
        var image = ImageAssembler.Assemble(found, [], new() { Entrypoint = ["/bin/cat"] });

        var delivery = await PushAsync(host, "mounting", image, "1");

        Assert.Equal((1, 3, 0), (delivery.BlobsSent, delivery.BlobsMounted, delivery.BlobsSkipped));
        Assert.All(original.Layers, layer => Assert.Null(cache.Find(layer.Descriptor)));
        Assert.Equal(($"{host}/library/base:1", original.Digest), (found.Reference, found.Digest));
    }

    [NeedsFact(Need.Registry)]
    public async Task Mount_what_an_earlier_step_left_in_a_layout()
    {
        var host = fixture.Registry.Host;
        await PushAsync(host, "library/layout-base", await TestImages.MakeAsync(directory.Path, "layout base"), "1");
        var cache = new BlobCache(Path.Combine(directory.Path, "cache"));
        var found = await new RegistryBaseImages(cache, options, SilentReporter.Instance).ResolveAsync($"{host}/library/layout-base:1", Stillframe.Oci.Platform.Current, default);
        var layout = Path.Combine(directory.Path, "layout");
        await ImageLayout.WriteAsync(ImageAssembler.Assemble(found, [], new() { Entrypoint = ["/bin/cat"] }), layout, "1", default);

        var delivery = await PushAsync(host, "mounting-layout", await ImageLayout.ReadAsync(layout, digests: true), "1");

        Assert.Equal((1, 3), (delivery.BlobsSent, delivery.BlobsMounted));
    }

    async Task<Delivery> PushAsync(string host, string repository, OciImage image, params string[] tags) =>
        await new RegistryDestination(Reference.Of(host, repository), options).DeliverAsync(image, tags, SilentReporter.Instance, default);
}
