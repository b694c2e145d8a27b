using System.Text;
using Microsoft.AspNetCore.Http;
using Stillframe.Consoles;
using Stillframe.Destinations;
using Stillframe.Frames;
using Stillframe.Oci;
using Stillframe.Registries;
using Stillframe.Tests.Registries;

namespace Stillframe.Tests.Destinations;

/// <summary>What a destination says before there is an image.</summary>
public sealed class DeliveriesToCome : IDisposable
{
    static readonly RegistryOptions Options = new() { Attempts = 1, Environment = _ => null };

    readonly TemporaryDirectory directory = TemporaryDirectory.Create();

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData(StatusCodes.Status404NotFound, "BLOB_UPLOAD_UNKNOWN")]
    [InlineData(StatusCodes.Status400BadRequest, "BLOB_UPLOAD_INVALID")]
    public async Task To_a_registry_ask_it_for_what_it_has_not_begun(int answer, string code)
    {
        await using var registry = new AServer(https: false, Answer(answer, code));

        await CheckAsync(registry);

        Assert.Equal([$"PATCH /v2/shop-db/blobs/uploads/{Guid.Empty}"], registry.Asked.Select(asked => asked.What).Where(what => !what.EndsWith("/v2/", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(StatusCodes.Status403Forbidden, "DENIED", ErrorCodes.RegistryDenied)]
    [InlineData(StatusCodes.Status404NotFound, "NAME_UNKNOWN", ErrorCodes.RegistryFailed)]
    [InlineData(StatusCodes.Status405MethodNotAllowed, "UNSUPPORTED", ErrorCodes.RegistryFailed)]
    [InlineData(StatusCodes.Status500InternalServerError, "UNKNOWN", ErrorCodes.RegistryFailed)]
    public async Task To_a_registry_that_takes_nothing_are_refused(int answer, string said, string code)
    {
        await using var registry = new AServer(https: false, Answer(answer, said));

        var e = await Assert.ThrowsAsync<StillframeException>(() => CheckAsync(registry));

        Assert.Equal(code, e.Code);
        Assert.Contains("shop-db", e.Message, StringComparison.Ordinal);
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task To_an_archive_leave_no_trace()
    {
        await new OciArchiveDestination(Path.Combine(directory.Path, "a", "b", "shop-db.tar"), Reference.Parse("shop-db")).CheckAsync(["1"], SpaceNeed.OfImage(0), SilentReporter.Instance, default);

        Assert.Empty(Directory.EnumerateFileSystemEntries(directory.Path));
    }

    [Fact]
    public async Task To_an_archive_below_a_file_are_refused()
    {
        var file = Path.Combine(directory.Path, "file");
        await File.WriteAllTextAsync(file, "");

        var e = await Assert.ThrowsAsync<StillframeException>(() =>
            new OciArchiveDestination(Path.Combine(file, "shop-db.tar"), Reference.Parse("shop-db")).CheckAsync(["1"], SpaceNeed.OfImage(0), SilentReporter.Instance, default));

        Assert.Equal(ErrorCodes.WriteFailed, e.Code);
        Assert.Contains($"'{file}' is a file", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task To_an_archive_that_the_disk_can_not_hold_are_refused()
    {
        var path = Path.Combine(directory.Path, "shop-db.tar");

        var e = await Assert.ThrowsAsync<StillframeException>(() =>
            new OciArchiveDestination(path, Reference.Parse("shop-db")).CheckAsync(["1"], SpaceNeed.OfImage(1L << 60), SilentReporter.Instance, default));

        Assert.Equal(ErrorCodes.WriteFailed, e.Code);
        Assert.Contains($"too little room for the archive '{path}'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Under_a_tag_that_is_none_are_refused_without_asking_anybody()
    {
        await using var registry = new AServer(https: false, Answer(StatusCodes.Status404NotFound, "BLOB_UPLOAD_UNKNOWN"));

        var e = await Assert.ThrowsAsync<StillframeException>(() => CheckAsync(registry, "a b"));

        Assert.Equal(ErrorCodes.ReferenceInvalid, e.Code);
        Assert.Empty(registry.Asked);
    }

    static Task CheckAsync(AServer registry, string tag = "1") =>
        new RegistryDestination(Reference.Of(registry.Host, "shop-db"), Options).CheckAsync([tag], SpaceNeed.OfImage(0), SilentReporter.Instance, default);

    static Action<AServer, HttpContext> Answer(int status, string code) => (_, context) =>
    {
        if (context.Request.Path == "/v2/")
            return;
        context.Response.StatusCode = status;
        context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($$"""{"errors":[{"code":"{{code}}","message":""}]}""")).AsTask().GetAwaiter().GetResult();
    };
}
