using System.Text;
using Stillframe.Destinations;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Images;
using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.EndToEnd.Destinations;

public sealed class BaseImages(RegistryFixture fixture) : IClassFixture<RegistryFixture>, IDisposable
{
    readonly TemporaryDirectory directory = TemporaryDirectory.Create();
    readonly RegistryOptions options = new() { Environment = _ => null, FirstWait = TimeSpan.FromMilliseconds(20) };
    readonly ListeningReporter reporter = new();

    BlobCache Cache => new(Path.Combine(directory.Path, "cache"));

    public void Dispose() => directory.Dispose();

    [NeedsFact(Need.Registry, Need.Skopeo)]
    public async Task Of_docker_format_become_oci_images()
    {
        var host = fixture.Registry.Host;
        var archive = Path.Combine(directory.Path, "a.tar");
        await new OciArchiveDestination(archive, Reference.Parse("x/y")).DeliverAsync(await TestImages.MakeAsync(directory.Path, "v2s2"), ["1"], reporter, default);
        await Command.SucceedAsync("skopeo", ["copy", "--format", "v2s2", "--dest-tls-verify=false", $"oci-archive:{archive}", $"docker://{host}/docker-format:1"]);

        var found = await ResolveAsync("docker-format:1");
        Assert.Equal(MediaTypes.DockerLayerGzip, found.Layers[0].Descriptor.MediaType);
        var image = ImageAssembler.Assemble(found, [], new() { Entrypoint = ["/bin/cat", "/etc/frame"] });
        await new RegistryDestination(Reference.Of(host, "from-docker-format"), options).DeliverAsync(image, ["1"], reporter, default);

        await Command.SucceedAsync("skopeo", ["copy", "--src-tls-verify=false", $"docker://{host}/from-docker-format:1", $"dir:{directory.Path}/dir"]);
        Assert.All(image.Layers, layer => Assert.Equal(MediaTypes.OciLayerGzip, layer.Descriptor.MediaType));
    }

    [NeedsFact(Need.Registry)]
    public async Task Of_several_platforms_give_the_one_asked_for()
    {
        var image = await TestImages.MakeAsync(directory.Path, "index");
        await new RegistryDestination(Reference.Of(fixture.Registry.Host, "index"), options).DeliverAsync(image, [], reporter, default);
        var here = Platform.Current;
        var entry = $$"""{"mediaType":"{{MediaTypes.OciManifest}}","digest":"{{image.Digest}}","size":{{image.Manifest.Descriptor.Size}},"platform":{"architecture":"{{here.Architecture}}","os":"linux"} }""";
        var index = $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[{{entry.Replace($"\"{here.Architecture}\"", "\"s390x\"", StringComparison.Ordinal)}},{{entry}}]}""";
        using (var client = new RegistryClient(fixture.Registry.Host, "index", RegistryAccess.Push, options, reporter))
            await client.PutManifestAsync("1", MediaTypes.OciIndex, Encoding.UTF8.GetBytes(index), default);

        Assert.Equal(image.Digest, (await ResolveAsync("index:1")).Digest);
        var e = await Assert.ThrowsAsync<StillframeException>(() => ResolveAsync("index:1", new("riscv64", "linux")));
        Assert.Equal(ErrorCodes.BaseImageMissing, e.Code);
        Assert.Contains("linux/s390x", e.Message, StringComparison.Ordinal);
    }

    [NeedsFact(Need.Registry)]
    public async Task That_are_not_there_are_named()
    {
        var e = await Assert.ThrowsAsync<StillframeException>(() => ResolveAsync("missing:1"));

        Assert.Equal(ErrorCodes.BaseImageMissing, e.Code);
        Assert.Contains($"{fixture.Registry.Host}/missing:1", e.Message, StringComparison.Ordinal);
    }

    [NeedsFact(Need.Registry)]
    public async Task Are_downloaded_once()
    {
        await using var proxy = new FaultProxy(fixture.Registry.Host);
        var image = await TestImages.MakeAsync(directory.Path, "once");
        await new RegistryDestination(Reference.Of(proxy.Host, "once"), options).DeliverAsync(image, ["1"], reporter, default);
        proxy.Forget();

        for (var i = 0; i < 2; i++)
        {
            var found = await new RegistryBaseImages(Cache, options, reporter).ResolveAsync($"{proxy.Host}/once:1", Platform.Current, default);
            foreach (var layer in found.Layers)
                await (await layer.Open(default)).DisposeAsync();
        }

        Assert.Equal(4, proxy.Requests.Count(request => request.Method == "GET" && request.Path.Contains("/blobs/", StringComparison.Ordinal)));
    }

    [NeedsFact(Need.Registry)]
    public async Task With_changed_bytes_are_refused()
    {
        var image = await TestImages.MakeAsync(directory.Path, "changed in the registry");
        await new RegistryDestination(Reference.Of(fixture.Registry.Host, "tampered"), options).DeliverAsync(image, ["1"], reporter, default);
        var hex = image.Layers[^1].Descriptor.Digest.Hex;
        var data = Directory.EnumerateFiles(fixture.Registry.Storage, "data", SearchOption.AllDirectories).Single(path => path.Contains($"/{hex}/", StringComparison.Ordinal));
        var bytes = await File.ReadAllBytesAsync(data);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(data, bytes);

        var e = await Assert.ThrowsAsync<StillframeException>(async () => await (await ResolveAsync("tampered:1")).Layers[^1].Open(default));

        Assert.Equal(ErrorCodes.DigestMismatch, e.Code);
        Assert.Null(Cache.Find(image.Layers[^1].Descriptor));
    }

    [NeedsFact(Need.Docker)]
    public async Task Of_the_docker_engine_are_saved_once() => await SaveAsync("docker");

    [NeedsFact(Need.Podman)]
    public async Task Of_the_podman_engine_are_saved_once() => await SaveAsync("podman");

    [NeedsFact(Need.Docker)]
    public async Task That_the_engine_does_not_have_are_named()
    {
        var e = await Assert.ThrowsAsync<StillframeException>(() => new EngineBaseImages("docker", Cache, reporter).ResolveAsync("stillframe-test/none:1", default));

        Assert.Equal(ErrorCodes.BaseImageMissing, e.Code);
    }

    async Task SaveAsync(string program)
    {
        var image = await TestImages.MakeAsync(directory.Path, "saved by " + program);
        var repository = Reference.Of("localhost", "stillframe-test/saved-" + Path.GetRandomFileName()[..8]);
        var name = repository.WithTag("1").ToString();
        await new EngineDestination(program, repository).DeliverAsync(image, ["1"], reporter, default);
        try
        {
            var images = new EngineBaseImages(program, Cache, reporter);
            var first = await images.ResolveAsync(name, default);
            var again = await images.ResolveAsync(name, default);

            var config = ImageConfig.Parse(await File.ReadAllBytesAsync(image.Config.File ?? await ConfigAsync(image)), "x");
            Assert.Equal(config.DiffIds, first.Config.DiffIds);
            Assert.Equal(first.Layers.Select(layer => layer.Descriptor), again.Layers.Select(layer => layer.Descriptor));
            Assert.Single(reporter.Messages, message => message.Contains("once", StringComparison.Ordinal));
            foreach (var (layer, id) in first.Layers.Zip(config.DiffIds))
            {
                await using var gzip = new System.IO.Compression.GZipStream(await layer.Open(default), System.IO.Compression.CompressionMode.Decompress);
                Assert.Equal(id, await Digest.OfAsync(gzip, default));
            }
        }
        finally
        {
            await Command.RunAsync(program, ["rmi", name]);
        }
    }

    async Task<string> ConfigAsync(OciImage image)
    {
        var path = Path.Combine(directory.Path, "config");
        await using var file = File.Create(path);
        await (await image.Config.Open(default)).CopyToAsync(file);
        return path;
    }

    Task<BaseImage> ResolveAsync(string name, Platform? platform = null) =>
        new RegistryBaseImages(Cache, options, reporter).ResolveAsync($"{fixture.Registry.Host}/{name}", platform ?? Platform.Current, default);
}
