using Stillframe.Engines;

namespace Stillframe.EndToEnd.Engines;

[Collection(nameof(Engines))]
[Trait(Soaking.Category, Soaking.Soak)]
public sealed class ASandbox : IDisposable
{
    readonly TemporaryDirectory work = TemporaryDirectory.Create();

    public static TheoryData<EngineKind> Engines => Bench.Engines;

    /// <summary>Podman's containers are started and removed by the same code as Docker's.</summary>
    public static TheoryData<EngineKind> WithoutPodman => Soaking.IsOn ? Engines : Bench.EnginesOf(EngineKind.Docker, EngineKind.Local, EngineKind.Embedded);

    public void Dispose() => work.Dispose();

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Bootstraps_starts_shuts_down_hands_out_its_data_and_leaves_nothing(EngineKind kind)
    {
        string place;
        await using (var bench = await Bench.OpenAsync(kind, work.Path))
        {
            place = Bench.PlaceOf(bench);
            Assert.Equal("MariaDB", bench.Release.Product);
            Assert.Equal(kind is EngineKind.Docker or EngineKind.Podman, bench.BaseImage?.Contains("sha256:", StringComparison.Ordinal) ?? false);
            await Bench.BootstrapAsync(bench);
            await using (var server = await bench.StartServerAsync(Bench.SmallServer, CancellationToken.None))
            {
                await server.ShutdownAsync(CancellationToken.None);
                Assert.True(server.Exited.IsCompletedSuccessfully);
            }

            var length = await bench.ReadDataFileAsync("mysql/db.MAI", async (content, size, token) => (size, await Oci.Digest.OfAsync(content, token)), CancellationToken.None);

            var taken = await bench.TakeDataDirectoryAsync(CancellationToken.None);
            Assert.True(new FileInfo(Path.Combine(taken, "ibdata1")).Length > 1 << 20);
            Assert.Equal(length, (new FileInfo(Path.Combine(taken, "mysql/db.MAI")).Length, Oci.Digest.Of(await File.ReadAllBytesAsync(Path.Combine(taken, "mysql/db.MAI")))));
            await File.AppendAllTextAsync(Path.Combine(taken, "mysql", "db.frm"), "writable");
        }

        await Bench.AssertNoTracesLastAsync(kind, work.Path, place);
    }

    [Trait(Soaking.Turn, Soaking.Even)]
    [Theory]
    [MemberData(nameof(WithoutPodman))]
    public async Task Disposed_with_a_running_server_leaves_nothing(EngineKind kind)
    {
        var bench = await Bench.OpenAsync(kind, work.Path);
        await Bench.PrepareAsync(bench);
        await bench.StartServerAsync(Bench.SmallServer, CancellationToken.None);

        await bench.DisposeAsync();

        Assert.Empty(await Bench.TracesAsync(kind, work.Path, Bench.PlaceOf(bench)));
    }

    [Trait(Soaking.Turn, Soaking.Odd)]
    [Theory]
    [MemberData(nameof(WithoutPodman))]
    public async Task Whose_server_is_killed_says_so_at_shutdown(EngineKind kind)
    {
        await using var bench = await Bench.OpenAsync(kind, work.Path);
        await Bench.PrepareAsync(bench);
        await using var server = await bench.StartServerAsync(Bench.SmallServer, CancellationToken.None);

        await Bench.KillServerAsync(kind, Bench.PlaceOf(bench));
        await server.Exited.WaitAsync(Eventually.Limit);

        var error = await Assert.ThrowsAsync<StillframeException>(() => server.ShutdownAsync(CancellationToken.None));
        Assert.Equal(ErrorCodes.ServerDied, error.Code);
        Assert.Contains("exit code 137", error.Message, StringComparison.Ordinal);
        Assert.Contains("ready for connections", error.Message, StringComparison.Ordinal);
    }

    [Trait(Soaking.Turn, Soaking.Even)]
    [Theory]
    [MemberData(nameof(WithoutPodman))]
    public async Task Whose_server_does_not_start_shows_the_log(EngineKind kind)
    {
        await using var bench = await Bench.OpenAsync(kind, work.Path);
        await Bench.PrepareAsync(bench);

        var error = await Assert.ThrowsAsync<StillframeException>(() => bench.StartServerAsync(["--no-such-option=1"], CancellationToken.None));

        Assert.Equal(ErrorCodes.ServerStartFailed, error.Code);
        Assert.Contains("no-such-option", error.Message, StringComparison.Ordinal);
    }

    [Trait(Soaking.Turn, Soaking.Odd)]
    [Theory]
    [MemberData(nameof(WithoutPodman))]
    public async Task Cancelled_while_its_server_starts_leaves_nothing(EngineKind kind)
    {
        var bench = await Bench.OpenAsync(kind, work.Path);
        await Bench.PrepareAsync(bench);
        // as often as it takes to be earlier than the server
        for (var time = TimeSpan.FromMilliseconds(30); await StartsAsync(bench, time); time /= 2)
        {
        }

        await bench.DisposeAsync();

        Assert.Empty(await Bench.TracesAsync(kind, work.Path, Bench.PlaceOf(bench)));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Of_a_killed_build_leaves_no_server_and_no_container(EngineKind kind)
    {
        var (build, line) = await EngineChild.HoldAsync(Bench.Options(kind, work.Path));
        var place = line.Split(' ')[^1];
        Assert.NotEmpty(await Bench.TracesAsync(kind, work.Path, place));

        build.Kill(); // SIGKILL, to it alone
        await build.WaitForExitAsync();
        build.Dispose();

        await Bench.AssertNoTracesLastAsync(kind, work.Path, place);
    }

    /// <summary>False where it was cancelled at that time.</summary>
    static async Task<bool> StartsAsync(ISandbox bench, TimeSpan cancelledAfter)
    {
        using var cancellation = new CancellationTokenSource(cancelledAfter);
        try
        {
            await (await bench.StartServerAsync(Bench.SmallServer, cancellation.Token)).DisposeAsync();
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
