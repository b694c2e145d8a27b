using Microsoft.AspNetCore.Http;
using Stillframe.Consoles;
using Stillframe.Images;
using Stillframe.Inspection;
using Stillframe.Linking;
using Stillframe.Oci;
using Stillframe.Registries;
using Stillframe.Tests.Registries;

namespace Stillframe.Tests.Inspection;

public sealed class APreviousFrameNamedByHand : IAsyncLifetime, IDisposable
{
    static readonly RegistryOptions Options = new() { Attempts = 1, Environment = _ => null };

    readonly TemporaryDirectory directory = TemporaryDirectory.Create();
    readonly Dictionary<string, OciImage> images = [];
    AServer registry = null!;
    int status = StatusCodes.Status404NotFound;

    public async Task InitializeAsync()
    {
        var map = StoredFrame.None.Map with { DataVersion = new('a', 64), Server = "10.11" };
        images["frame"] = await SmallFrame.MakeAsync(Place("a"), map, DateTimeOffset.UnixEpoch);
        images["other-format"] = await SmallFrame.MakeAsync(Place("b"), map with { Format = -1 }, DateTimeOffset.UnixEpoch);
        registry = new(https: false, Answer);
    }

    [Fact]
    public async Task Is_built_on() => Assert.Equal(images["frame"].Digest, (await FindAsync("shop-db:frame")).Image.Digest);

    [Fact]
    public async Task Is_the_one_of_its_digest() => Assert.Equal(images["frame"].Digest, (await FindAsync($"shop-db@{images["frame"].Digest}")).Image.Digest);

    [Fact]
    public async Task Is_refused_where_it_is_not_there() =>
        await RefusedAsync("shop-db:nowhere", ErrorCodes.ImageMissing, "there is no image of this name");

    [Fact]
    public async Task Is_refused_where_it_is_of_another_format() =>
        await RefusedAsync("shop-db:other-format", ErrorCodes.NotAFrame, "no frame of Stillframe, or one of another format");

    [Theory]
    [InlineData(StatusCodes.Status403Forbidden, ErrorCodes.RegistryDenied)]
    [InlineData(StatusCodes.Status500InternalServerError, ErrorCodes.RegistryFailed)]
    public async Task Is_refused_where_its_registry_does_not_give_it(int answer, string code)
    {
        status = answer;
        await RefusedAsync("shop-db:nowhere", code, registry.Host);
    }

    [Fact]
    public async Task Is_refused_where_its_registry_does_not_answer()
    {
        var host = registry.Host;
        await registry.DisposeAsync();
        await RefusedAsync("shop-db:1", ErrorCodes.RegistryUnreachable, host, host);
    }

    public async Task DisposeAsync() => await registry.DisposeAsync();

    public void Dispose() => directory.Dispose();

    string Place(string name) => Directory.CreateDirectory(Path.Combine(directory.Path, name)).FullName;

    async Task<(StoredFrame Frame, OciImage Image)> FindAsync(string name, string? host = null) =>
        (await PreviousFrames.InRegistryAsync(
            new(Reference.Parse($"{host ?? registry.Host}/{name}"), Options) { IsRequired = true }, Path.Combine(directory.Path, "cache"), SilentReporter.Instance, default))!.Value;

    async Task RefusedAsync(string name, string code, string words, string? host = null)
    {
        var e = await Assert.ThrowsAsync<StillframeException>(() => FindAsync(name, host));

        Assert.Equal(code, e.Code);
        Assert.Contains("DatabaseImagePrevious", e.Message, StringComparison.Ordinal);
        Assert.Contains(name, e.Message, StringComparison.Ordinal);
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
    }

    void Answer(AServer server, HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var name = path[(path.LastIndexOf('/') + 1)..];
        if (path == "/v2/")
            return;
        var blob = path.Contains("/manifests/", StringComparison.Ordinal)
            ? (images.GetValueOrDefault(name) ?? images.Values.FirstOrDefault(image => image.Digest.ToString() == name))?.Manifest
            : images.Values.SelectMany(image => image.Blobs).FirstOrDefault(blob => blob.Descriptor.Digest.ToString() == name);
        if (blob is null)
        {
            context.Response.StatusCode = status;
            return;
        }

        context.Response.ContentType = blob.Descriptor.MediaType;
        using var stream = blob.Open(default).GetAwaiter().GetResult();
        stream.CopyToAsync(context.Response.Body).GetAwaiter().GetResult();
    }
}
