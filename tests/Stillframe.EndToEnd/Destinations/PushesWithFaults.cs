using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Stillframe.Destinations;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Images;
using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.EndToEnd.Destinations;

public sealed class PushesWithFaults(RegistryFixture fixture) : IClassFixture<RegistryFixture>, IAsyncDisposable
{
    const int Big = 8_000_000;
    readonly TemporaryDirectory directory = TemporaryDirectory.Create();
    readonly ListeningReporter reporter = new();
    FaultProxy? proxy;

    FaultProxy Proxy => proxy ??= new(fixture.Registry.Host);

    public async ValueTask DisposeAsync()
    {
        if (proxy is not null)
            await proxy.DisposeAsync();
        directory.Dispose();
    }

    [NeedsFact(Need.Registry)]
    public async Task Three_times_503_is_waited_out()
    {
        Proxy.Answer("POST", "/blobs/uploads/", times: 3, status: 503);
        var image = await TestImages.MakeAsync(directory.Path, "503");

        await PushAsync("unavailable", image);

        Assert.Equal(image.Digest, await TagAsync("unavailable"));
        Assert.Equal(3, AttemptsAfter("503").Count());
    }

    [NeedsFact(Need.Registry)]
    public async Task A_registry_that_stays_at_503_fails_the_push_and_keeps_the_tag()
    {
        var before = await TestImages.MakeAsync(directory.Path, "before");
        await PushAsync("staying", before);
        Proxy.Answer("PUT", "/manifests/sha256", times: 100, status: 503);

        var e = await Assert.ThrowsAsync<StillframeException>(async () => await PushAsync("staying", await TestImages.MakeAsync(directory.Path, "after")));

        Assert.Equal(ErrorCodes.RegistryFailed, e.Code);
        Assert.Contains("503", e.Message, StringComparison.Ordinal);
        Assert.Contains("after 5 attempts", e.Message, StringComparison.Ordinal);
        Assert.Equal(before.Digest, await TagAsync("staying"));
    }

    [NeedsFact(Need.Registry)]
    public async Task Too_many_requests_waits_as_long_as_the_registry_says()
    {
        Proxy.Answer("PUT", "/manifests/1.0", times: 1, status: 429, "Retry-After", "1");
        var image = await TestImages.MakeAsync(directory.Path, "429");
        var clock = Stopwatch.StartNew();

        await PushAsync("busy", image);

        Assert.True(clock.Elapsed >= TimeSpan.FromSeconds(1));
        Assert.Contains("in 1 s", Assert.Single(AttemptsAfter("429")), StringComparison.Ordinal);
        Assert.Equal(image.Digest, await TagAsync("busy"));
    }

    [NeedsTheory(Need.Registry)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_connection_that_breaks_in_a_blob_is_mended(int times)
    {
        Proxy.HangUp("PUT", "/blobs/uploads/", times, afterBytes: 3_000_000);
        var image = await TestImages.MakeAsync(directory.Path, "broken " + times, Big + times);

        await PushAsync("broken", image);

        Assert.Equal(image.Digest, await TagAsync("broken"));
        Assert.Contains(reporter.Messages, message => message.Contains("Attempt 2 of 5", StringComparison.Ordinal));
        var layout = Path.Combine(directory.Path, "back");
        await Command.SucceedAsync("skopeo", ["copy", "--src-tls-verify=false", $"docker://{fixture.Registry.Host}/broken:1.0", $"oci:{layout}:1.0"]);
        Assert.Equal(image.Digest, (await ImageLayout.ReadAsync(layout, digests: true)).Digest);
    }

    [NeedsFact(Need.Registry)]
    public async Task A_refusal_in_the_middle_is_not_tried_again()
    {
        var before = await TestImages.MakeAsync(directory.Path, "before");
        await PushAsync("refusing", before);
        Proxy.Answer("POST", "/blobs/uploads/", times: 100, status: 401, "WWW-Authenticate", "Basic realm=\"x\"");
        Proxy.Forget();

        var e = await Assert.ThrowsAsync<StillframeException>(async () => await PushAsync("refusing", await TestImages.MakeAsync(directory.Path, "after", Big)));

        Assert.Equal(ErrorCodes.RegistryDenied, e.Code);
        Assert.InRange(Proxy.Requests.Count(request => request.Status == 401), 1, 3); // one for each upload that had begun
        Assert.Equal(before.Digest, await TagAsync("refusing"));
    }

    [NeedsFact(Need.Registry)]
    public async Task A_cancelled_push_ends_at_once_and_keeps_the_tag()
    {
        var before = await TestImages.MakeAsync(directory.Path, "before");
        await PushAsync("cancelled", before);
        Proxy.Answer("PUT", "/blobs/uploads/", times: 100, status: 503, "Retry-After", "3600");
        using var source = new CancellationTokenSource();
        var push = PushAsync("cancelled", await TestImages.MakeAsync(directory.Path, "after", Big), source.Token);
        await Eventually.IsTrueAsync(
            () => AttemptsAfter("503").Any(), () => string.Join('\n', reporter.Messages));

        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => push.WaitAsync(Eventually.Limit));

        Assert.Equal(before.Digest, await TagAsync("cancelled"));
    }

    [NeedsFact(Need.Registry)]
    public async Task A_registry_that_takes_no_more_bytes_is_not_waited_for_forever()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var options = new RegistryOptions { Environment = _ => null, FirstWait = TimeSpan.FromMilliseconds(10), Attempts = 2, IdleTimeout = TimeSpan.FromMilliseconds(200) };
        var image = await TestImages.MakeAsync(directory.Path, "silent");

        var e = await Assert.ThrowsAsync<StillframeException>(() =>
            new RegistryDestination(Reference.Of($"127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}", "silent"), options).DeliverAsync(image, ["1.0"], reporter, default));

        Assert.Equal(ErrorCodes.RegistryUnreachable, e.Code);
    }

    [Fact]
    public async Task A_registry_that_is_not_there_is_named()
    {
        var host = $"127.0.0.1:{Ports.Free()}";
        var options = new RegistryOptions { Environment = _ => null, FirstWait = TimeSpan.FromMilliseconds(10) };
        var image = await TestImages.MakeAsync(directory.Path, "nobody");

        var e = await Assert.ThrowsAsync<StillframeException>(() =>
            new RegistryDestination(Reference.Of(host, "nobody"), options).DeliverAsync(image, ["1.0"], reporter, default));

        Assert.Equal(ErrorCodes.RegistryUnreachable, e.Code);
        Assert.Contains(host, e.Message, StringComparison.Ordinal);
    }

    // ": 503", since ports and digests may have the same digits
    IEnumerable<string> AttemptsAfter(string status) =>
        reporter.Messages.Where(message => message.Contains(": " + status, StringComparison.Ordinal) && message.Contains("Attempt", StringComparison.Ordinal));

    Task<Delivery> PushAsync(string repository, OciImage image, CancellationToken cancellationToken = default) =>
        new RegistryDestination(Reference.Of(Proxy.Host, repository), new() { Environment = _ => null, FirstWait = TimeSpan.FromMilliseconds(50), LongestWait = TimeSpan.FromHours(1) })
            .DeliverAsync(image, ["1.0"], reporter, cancellationToken);

    async Task<Digest?> TagAsync(string repository)
    {
        using var client = new RegistryClient(fixture.Registry.Host, repository, RegistryAccess.Pull, new() { Environment = _ => null }, reporter);
        return await client.FindManifestAsync("1.0", default);
    }
}
