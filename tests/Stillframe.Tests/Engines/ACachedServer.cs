using Stillframe.Engines;

namespace Stillframe.Tests.Engines;

public sealed class ACachedServer : IDisposable
{
    readonly TemporaryDirectory directory = TemporaryDirectory.Create();
    readonly AClock clock = new();
    readonly AReporter reporter = new();
    readonly List<string> asked = [];
    string version = "1:10.11.1";
    StillframeException? failure;

    [Fact]
    public async Task Is_used_without_asking_while_it_is_young()
    {
        await GetAsync();
        version = "1:10.11.2";
        clock.Days = 29;

        Assert.Equal("mariadb-10.11.1", await GetAsync());
        Assert.Single(asked);
        Assert.Contains(reporter.Messages, message => message.Contains("29 days ago", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Is_replaced_when_it_is_old_and_there_is_a_newer_one()
    {
        await GetAsync();
        clock.Days = 29;
        await GetAsync();
        version = "1:10.11.2";
        clock.Days = 31;

        Assert.Equal("mariadb-10.11.2", await GetAsync());
        Assert.Contains(reporter.Messages, message => message.Contains("in place of 'mariadb-10.11.1", StringComparison.Ordinal));
        Assert.Equal(["mariadb-10.11.1", "mariadb-10.11.2"], Servers());
    }

    [Fact]
    public async Task Is_young_again_when_there_is_no_newer_one()
    {
        await GetAsync();
        foreach (var day in new[] { 31, 40, 60 })
        {
            clock.Days = day;
            Assert.Equal("mariadb-10.11.1", await GetAsync());
        }

        Assert.Equal(2, asked.Count);
    }

    [Fact]
    public async Task Goes_on_with_a_warning_when_it_cannot_be_refreshed()
    {
        await GetAsync();
        failure = new(ErrorCodes.PackagesUnavailable, "there is no network.");
        clock.Days = 31;

        Assert.Equal("mariadb-10.11.1", await GetAsync());
        Assert.Equal("mariadb-10.11.1", await GetAsync());

        var (code, text) = Assert.Single(reporter.Warnings); // the second one did not try again
        Assert.Equal(ErrorCodes.PackagesUnavailable, code);
        Assert.Contains("31 days ago", text, StringComparison.Ordinal);
        Assert.Contains("there is no network", text, StringComparison.Ordinal);
        Assert.Equal(2, asked.Count);
        clock.Days = 33;
        await GetAsync();
        Assert.Equal(3, asked.Count);
    }

    [Fact]
    public async Task Is_never_asked_for_again_where_that_is_wanted()
    {
        await GetAsync();
        clock.Days = 1000;

        await GetAsync(Timeout.InfiniteTimeSpan);

        Assert.Single(asked);
    }

    [Fact]
    public async Task Of_another_version_goes_when_it_was_not_used_for_long()
    {
        await GetAsync();
        version = "1:10.11.2";
        clock.Days = 31;
        await GetAsync();
        version = "1:10.11.3";
        clock.Days = 62;
        await GetAsync();

        Assert.Equal(["mariadb-10.11.3"], Servers());
    }

    [Fact]
    public async Task Stays_the_same_during_a_build()
    {
        await GetAsync();
        clock.Days = 29;
        var cache = Cache(TimeSpan.FromDays(30));
        var first = await cache.GetAsync(reporter, default);
        clock.Days = 31;
        version = "1:10.11.2";

        Assert.Same(first, await cache.GetAsync(reporter, default));
    }

    [Fact]
    public async Task That_is_not_there_and_cannot_be_had_is_an_error()
    {
        failure = new(ErrorCodes.PackagesUnavailable, "there is no network.");

        Assert.Equal(ErrorCodes.PackagesUnavailable, (await Assert.ThrowsAsync<StillframeException>(() => GetAsync())).Code);
        Assert.Empty(Servers());
    }

    public void Dispose() => directory.Dispose();

    /// <summary>As one build does; the version it gets.</summary>
    async Task<string> GetAsync(TimeSpan? maximumAge = null)
    {
        var server = await Cache(maximumAge ?? TimeSpan.FromDays(30)).GetAsync(reporter, default);
        return Version(server.Unpacked!.Directory);
    }

    ServerCache Cache(TimeSpan maximumAge) => new(directory.Path, maximumAge, AskAsync, clock);

    IEnumerable<string> Servers() =>
        Directory.EnumerateDirectories(Path.Combine(directory.Path, "servers")).Select(Version).Order(StringComparer.Ordinal);

    static string Version(string server) => Path.GetFileName(server).Replace($"-{UnpackedServer.Architecture}-{ServerCache.Contents}", "", StringComparison.Ordinal);

    Task<ServerOffer> AskAsync(string work, IReporter reporter, CancellationToken cancellationToken)
    {
        asked.Add(version);
        return failure is not null ? Task.FromException<ServerOffer>(failure) : Task.FromResult(new ServerOffer(version, UnpackAsync));
    }

    /// <summary>As much of a server as is looked for: some program, its loader, and a file of the share directory.</summary>
    static Task UnpackAsync(string root, CancellationToken cancellationToken)
    {
        Copy("/bin/sh", "usr/sbin/mariadbd");
        Copy("/bin/sh", ElfFile.ReadInterpreter("/bin/sh")!.TrimStart('/'));
        Copy("/bin/sh", "usr/share/mysql/mysql_system_tables.sql");
        return Task.CompletedTask;

        void Copy(string from, string to)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, to))!);
            File.Copy(from, Path.Combine(root, to));
        }
    }

    sealed class AClock : TimeProvider
    {
        static readonly DateTimeOffset Start = DateTimeOffset.UtcNow;

        public double Days { get; set; }

        public override DateTimeOffset GetUtcNow() => Start.AddDays(Days);
    }
}
