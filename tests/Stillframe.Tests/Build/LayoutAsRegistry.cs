using System.Net;
using Stillframe.Images;
using Stillframe.Layers;
using Stillframe.Oci;

namespace Stillframe.Tests.Build;

public sealed class LayoutAsRegistry : IAsyncLifetime, IDisposable
{
    readonly TemporaryDirectory directory = TemporaryDirectory.Create();
    readonly HttpClient client = new();
    OciImage image = null!;
    LayoutRegistry registry = null!;

    public async Task InitializeAsync()
    {
        var plan = new LayerPlan("test", [new LayerEntry.Content("/hello", "hello"u8.ToArray())]);
        var layer = await LayerWriter.WriteAsync(plan, Path.Combine(directory.Path, "layer"), new(), default);
        image = ImageAssembler.Assemble(new("test", null, ImageConfig.Empty(Platform.Current), []), [ImageLayer.Of(layer)], new() { Entrypoint = ["/hello"] });
        await ImageLayout.WriteAsync(image, Path.Combine(directory.Path, "layout"), "1", default);
        registry = await LayoutRegistry.StartAsync(Path.Combine(directory.Path, "layout"), default);
    }

    [Fact]
    public async Task Gives_the_manifest_by_tag_and_by_digest()
    {
        var byTag = await client.GetByteArrayAsync(Address("manifests/1"));
        Assert.Equal(image.Digest, Digest.Of(byTag));
        Assert.Equal(byTag, await client.GetByteArrayAsync(Address($"manifests/{image.Digest}")));
    }

    [Fact]
    public async Task Gives_every_blob()
    {
        foreach (var blob in image.Blobs)
            Assert.Equal(blob.Descriptor.Digest, Digest.Of(await client.GetByteArrayAsync(Address($"blobs/{blob.Descriptor.Digest}"))));
    }

    [Fact]
    public async Task Tells_type_size_and_digest_without_content()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, Address("manifests/1"));
        using var answer = await client.SendAsync(request);
        Assert.Equal(MediaTypes.OciManifest, answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(image.Manifest.Descriptor.Size, answer.Content.Headers.ContentLength);
        Assert.Equal(image.Digest.ToString(), answer.Headers.GetValues("Docker-Content-Digest").Single());
    }

    [Theory]
    [InlineData("GET", "blobs/sha256:0000000000000000000000000000000000000000000000000000000000000000", HttpStatusCode.NotFound)]
    [InlineData("GET", "manifests/sha256:0000000000000000000000000000000000000000000000000000000000000000", HttpStatusCode.NotFound)]
    [InlineData("GET", "../../etc/passwd", HttpStatusCode.NotFound)]
    [InlineData("PUT", "manifests/1", HttpStatusCode.MethodNotAllowed)]
    public async Task Refuses_everything_else(string method, string path, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(new(method), Address(path));
        using var answer = await client.SendAsync(request);
        Assert.Equal(status, answer.StatusCode);
    }

    public Task DisposeAsync() => registry.DisposeAsync().AsTask();

    public void Dispose()
    {
        client.Dispose();
        directory.Dispose();
    }

    Uri Address(string rest) => new($"http://{registry.Host}/v2/some/name/{rest}");
}
