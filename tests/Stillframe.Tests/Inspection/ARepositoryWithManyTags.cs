using System.Globalization;
using Microsoft.AspNetCore.Http;
using Stillframe.Consoles;
using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Inspection;
using Stillframe.Oci;
using Stillframe.Registries;
using Stillframe.Tests.Registries;

namespace Stillframe.Tests.Inspection;

public sealed class ARepositoryWithManyTags : IAsyncLifetime, IDisposable
{
    static readonly RegistryOptions Options = new() { Attempts = 1, Environment = _ => null };

    readonly TemporaryDirectory directory = TemporaryDirectory.Create();
    readonly Dictionary<string, OciImage> tags = [];
    OciImage older = null!, newer = null!;
    AServer registry = null!;

    public async Task InitializeAsync()
    {
        older = await FrameAsync('a', 1);
        newer = await FrameAsync('b', 2);
        foreach (var number in Enumerable.Range(1000, 500))
            tags[number.ToString(CultureInfo.InvariantCulture)] = older;
        registry = new(https: false, Answer);
    }

    [Fact]
    public async Task Lists_the_newest_frame_by_its_moving_tag()
    {
        tags[FrameTags.Newest] = newer;

        var log = await FrameLog.ReadAsync(Repository, Options, SilentReporter.Instance, default);

        Assert.Equal([newer.Digest, older.Digest], log.Frames.Select(frame => frame.Digest));
        Assert.Equal((200, false), (log.Tags, log.Complete));
        Assert.Contains("may have newer frames", log.Lines(DateTimeOffset.UnixEpoch).Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gives_a_build_the_frame_that_was_pushed_last()
    {
        tags[FrameTags.Newest] = newer;

        var found = await PreviousFrames.InRegistryAsync(new(Repository, Options, ["data-123456789abc", "9.9"]), directory.Path, SilentReporter.Instance, default);

        Assert.Equal(newer.Digest, found?.Image.Digest);
        Assert.DoesNotContain(registry.Asked, asked => asked.What.Contains("/tags/list", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_moving_tag_says_that_the_search_was_cut()
    {
        tags["zz"] = newer;
        var reporter = new AReporter();

        var found = await PreviousFrames.InRegistryAsync(new(Repository, Options, ["9.9"]), directory.Path, reporter, default);

        Assert.Equal(older.Digest, found?.Image.Digest);
        Assert.Contains(reporter.Messages, message => message.Contains("more than 200 tags", StringComparison.Ordinal) && message.Contains("DatabaseImagePrevious", StringComparison.Ordinal));
    }

    public async Task DisposeAsync() => await registry.DisposeAsync();

    public void Dispose() => directory.Dispose();

    Reference Repository => Reference.Of(registry.Host, "shop-db");

    Task<OciImage> FrameAsync(char version, int day)
    {
        var place = Directory.CreateDirectory(Path.Combine(directory.Path, version.ToString())).FullName;
        return SmallFrame.MakeAsync(place, SmallFrame.Map(version, "10.11"), new(2026, 11, day, 0, 0, 0, TimeSpan.Zero));
    }

    void Answer(AServer server, HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var name = path[(path.LastIndexOf('/') + 1)..];
        if (path.EndsWith("/tags/list", StringComparison.Ordinal))
            Send(context, "application/json", System.Text.Encoding.UTF8.GetBytes($"{{\"tags\":[{string.Join(',', tags.Keys.Order(StringComparer.Ordinal).Select(tag => $"\"{tag}\""))}]}}"));
        else if (path.Contains("/manifests/", StringComparison.Ordinal) && (tags.GetValueOrDefault(name) ?? new[] { older, newer }.FirstOrDefault(image => image.Digest.ToString() == name)) is { } image)
            Send(context, image.Manifest.Descriptor.MediaType, Read(image.Manifest), ("Docker-Content-Digest", image.Digest.ToString()));
        else if (path.Contains("/blobs/", StringComparison.Ordinal) && older.Blobs.Concat(newer.Blobs).FirstOrDefault(blob => blob.Descriptor.Digest.ToString() == name) is { } blob)
            Send(context, "application/octet-stream", Read(blob));
        else if (path != "/v2/")
            context.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    static byte[] Read(Blob blob)
    {
        using var stream = blob.Open(default).GetAwaiter().GetResult();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    static void Send(HttpContext context, string type, byte[] bytes, params (string Name, string Value)[] headers)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = bytes.Length;
        foreach (var (header, value) in headers)
            context.Response.Headers[header] = value;
        if (context.Request.Method != "HEAD")
            context.Response.Body.WriteAsync(bytes).AsTask().GetAwaiter().GetResult();
    }
}
