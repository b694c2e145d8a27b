using Microsoft.AspNetCore.Http;
using Stillframe.Destinations;
using Stillframe.Registries;
using Stillframe.Tests.Registries;

namespace Stillframe.Tests.Destinations;

/// <summary>What a destination says before there is an image.</summary>
public sealed class DeliveriesToCome : IDisposable
{
    static readonly RegistryOptions Options = new() { Attempts = 1, Environment = _ => null };

    readonly TemporaryDirectory directory = TemporaryDirectory.Create();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task To_a_registry_begin_an_upload_and_give_it_up()
    {
        await using var registry = new AServer(https: false, Begin);

        await CheckAsync(registry);

        Assert.Equal(["POST /v2/shop-db/blobs/uploads/", "DELETE /v2/shop-db/blobs/uploads/1"], registry.Asked.Select(asked => asked.What).Where(what => !what.EndsWith("/v2/", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(StatusCodes.Status403Forbidden)]
    [InlineData(StatusCodes.Status405MethodNotAllowed)]
    [InlineData(StatusCodes.Status500InternalServerError)]
    public async Task To_a_registry_that_cancels_no_upload_go_on(int answer)
    {
        await using var registry = new AServer(https: false, (server, context) =>
        {
            Begin(server, context);
            if (context.Request.Method == "DELETE")
                context.Response.StatusCode = answer;
        });

        await CheckAsync(registry);
    }

    [Theory]
    [InlineData(StatusCodes.Status403Forbidden, ErrorCodes.RegistryDenied)]
    [InlineData(StatusCodes.Status404NotFound, ErrorCodes.RegistryFailed)]
    [InlineData(StatusCodes.Status500InternalServerError, ErrorCodes.RegistryFailed)]
    public async Task To_a_registry_that_begins_no_upload_are_refused(int answer, string code)
    {
        await using var registry = new AServer(https: false, (_, context) => context.Response.StatusCode = context.Request.Path == "/v2/" ? StatusCodes.Status200OK : answer);

        var e = await Assert.ThrowsAsync<StillframeException>(() => CheckAsync(registry));

        Assert.Equal(code, e.Code);
        Assert.Contains("shop-db", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task To_an_archive_leave_no_trace()
    {
        await new OciArchiveDestination(Path.Combine(directory.Path, "a", "b", "shop-db.tar"), Reference.Parse("shop-db")).CheckAsync(["1"], SilentReporter.Instance, default);

        Assert.Empty(Directory.EnumerateFileSystemEntries(directory.Path));
    }

    [Fact]
    public async Task To_an_archive_below_a_file_are_refused()
    {
        var file = Path.Combine(directory.Path, "file");
        await File.WriteAllTextAsync(file, "");

        var e = await Assert.ThrowsAsync<StillframeException>(() =>
            new OciArchiveDestination(Path.Combine(file, "shop-db.tar"), Reference.Parse("shop-db")).CheckAsync(["1"], SilentReporter.Instance, default));

        Assert.Equal(ErrorCodes.WriteFailed, e.Code);
        Assert.Contains($"'{file}' is a file", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Under_a_tag_that_is_none_are_refused_without_asking_anybody()
    {
        await using var registry = new AServer(https: false, Begin);

        var e = await Assert.ThrowsAsync<StillframeException>(() => CheckAsync(registry, "a b"));

        Assert.Equal(ErrorCodes.ReferenceInvalid, e.Code);
        Assert.Empty(registry.Asked);
    }

    static Task CheckAsync(AServer registry, string tag = "1") =>
        new RegistryDestination(Reference.Of(registry.Host, "shop-db"), Options).CheckAsync([tag], SilentReporter.Instance, default);

    static void Begin(AServer server, HttpContext context)
    {
        if (context.Request.Method != "POST")
            return;
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.Headers.Location = "/v2/shop-db/blobs/uploads/1";
    }
}
