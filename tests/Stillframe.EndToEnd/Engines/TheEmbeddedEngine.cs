using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Engines;

namespace Stillframe.EndToEnd.Engines;

/// <summary>Each test with a cache of its own: they download some 20 MB of packages from the distribution.</summary>
[Collection(nameof(Engines))]
public sealed class TheEmbeddedEngine : IDisposable
{
    readonly TemporaryDirectory work = TemporaryDirectory.Create();

    EngineOptions Options => new(EngineKind.Embedded, null, null, Path.Combine(work.Path, "cache"), work.Path);

    public void Dispose() => work.Dispose();

    [Trait(Soaking.Category, Soaking.Only)]
    [NeedsFact(Need.Apt)]
    public async Task Started_twice_at_once_downloads_once()
    {
        var reporter = new Listener();
        var benches = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => new EmbeddedEngine(Options).OpenAsync(reporter, CancellationToken.None)));

        Assert.Single(reporter.Messages, message => message.StartsWith("Downloading MariaDB", StringComparison.Ordinal));
        Assert.Equal([".lock", $"mariadb-{benches[0].Release.Text.Replace("-MariaDB", "", StringComparison.Ordinal)}-{UnpackedServer.Architecture}-{ServerCache.Contents}"], Servers());
        foreach (var bench in benches)
            await bench.DisposeAsync();
    }

    [Trait(Soaking.Turn, Soaking.Odd)]
    [NeedsFact(Need.Apt, Need.OrdinaryUser)]
    public async Task Works_for_an_ordinary_user()
    {
        using var user = await OrdinaryUser.CreateAsync();

        var said = await user.SucceedAsync(
            EngineChild.ArgumentsAlone(Options with { CacheDirectory = Path.Combine(user.Home, ".cache"), WorkDirectory = Path.Combine(user.Home, "work") }));

        Assert.Contains($"{EngineChild.Started} embedded MariaDB ", said, StringComparison.Ordinal);
    }

    [Trait(Soaking.Turn, Soaking.Odd)]
    [NeedsFact(Need.Apt)]
    public async Task With_a_filled_cache_asks_nobody()
    {
        var options = Options with { CacheDirectory = Bench.Cache };
        await (await Bench.OpenAsync(EngineKind.Embedded)).DisposeAsync();
        var programs = await ProgramsThatFailAsync("apt-get", "apt-cache", "dpkg-deb");

        var said = await Command.SucceedAsync("dotnet", EngineChild.Arguments(options), environment: First(programs));

        Assert.Contains("started embedded", said, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(programs, "called")));
    }

    /// <summary>As in most containers: it finds out by trying that one way is closed, and takes the next one.</summary>
    [Trait(Soaking.Turn, Soaking.Even)]
    [NeedsFact(Need.Apt, Need.Root)]
    public async Task Of_root_that_may_not_mount_starts_all_the_same()
    {
        string[] without = ["--bounding-set=-sys_admin", "--inh-caps=-sys_admin", "dotnet"];

        var said = await Command.SucceedAsync("setpriv", without.Concat(EngineChild.Arguments(Options with { CacheDirectory = Bench.Cache })));

        Assert.Contains("started embedded", said, StringComparison.Ordinal);
    }

    [Trait(Soaking.Turn, Soaking.Odd)]
    [NeedsFact(Need.Apt, Need.Root)]
    public async Task Of_root_that_may_make_no_namespaces_starts_all_the_same()
    {
        var programs = await ProgramsThatFailAsync("unshare");

        var said = await Command.SucceedAsync("dotnet", EngineChild.Arguments(Options with { CacheDirectory = Bench.Cache }), environment: First(programs));

        Assert.Contains("started embedded", said, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(programs, "called")));
    }

    [NeedsFact(Need.Apt)]
    public async Task Without_a_network_repeats_apts_words()
    {
        var nowhere = new Dictionary<string, string?> { ["http_proxy"] = "http://127.0.0.1:9", ["https_proxy"] = "http://127.0.0.1:9", ["no_proxy"] = null };

        var result = await Command.RunAsync("dotnet", EngineChild.Arguments(Options), environment: nowhere);

        Assert.StartsWith("SF2008: ", result.Output, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1", result.Output, StringComparison.Ordinal);
        Assert.Contains("or install mariadb-server", result.Output, StringComparison.Ordinal);
        Assert.Equal([".lock"], Servers());
    }

    [NeedsFact(Need.Apt)]
    public async Task Cancelled_while_it_downloads_leaves_nothing()
    {
        using var cancellation = new CancellationTokenSource();
        var opening = new EmbeddedEngine(Options).OpenAsync(SilentReporter.Instance, cancellation.Token);
        await Eventually.IsTrueAsync(() => opening.IsCompleted || Bench.ProcessesWith(work.Path).Any(), () => "No apt was started.");
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);

        Assert.Equal([".lock"], Servers());
        Assert.Empty(Bench.ProcessesWith(work.Path));
    }

    IEnumerable<string?> Servers() =>
        Directory.EnumerateFileSystemEntries(Path.Combine(Options.CacheDirectory, "servers")).Select(Path.GetFileName)
            .Where(name => Path.GetExtension(name) is not (".asked" or ".used")).Order(StringComparer.Ordinal);

    static Dictionary<string, string?> First(string programs) => new() { ["PATH"] = $"{programs}:{Environment.GetEnvironmentVariable("PATH")}" };

    /// <returns>Their directory, in which there is a file <c>called</c> as soon as one is.</returns>
    async Task<string> ProgramsThatFailAsync(params string[] names)
    {
        var programs = Directory.CreateDirectory(Path.Combine(work.Path, "programs")).FullName;
        foreach (var name in names)
        {
            await File.WriteAllTextAsync(Path.Combine(programs, name), $"#!/bin/sh\ntouch {programs}/called\nexit 1\n");
            File.SetUnixFileMode(Path.Combine(programs, name), (UnixFileMode)0b111_101_101);
        }

        return programs;
    }
}
