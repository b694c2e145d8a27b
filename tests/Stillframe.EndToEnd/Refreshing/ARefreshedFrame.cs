using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Oracle.Comparison;
using Stillframe.EndToEnd.Package;
using Stillframe.Frames;
using Stillframe.Inspection;
using Stillframe.Oci;
using Stillframe.Refreshing;
using Stillframe.Registries;

namespace Stillframe.EndToEnd.Refreshing;

public sealed class ARefreshedFrame(RegistryFixture fixture) : IClassFixture<RegistryFixture>, IDisposable
{
    readonly TemporaryDirectory work = TemporaryDirectory.Create();

    public void Dispose() => work.Dispose();

    [NeedsFact(Need.LocalServer, Need.Registry)]
    public async Task Has_new_data_of_the_schema_that_the_service_was_published_with()
    {
        await using var master = await ClientLoads.StartAsync(work.Path);
        await using var connection = await master.Server.ConnectAsync();
        foreach (var statement in new[]
        {
            "CREATE DATABASE shop", "USE shop", "CREATE TABLE item (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20)) ENGINE=InnoDB",
            "CREATE TABLE other (id INT PRIMARY KEY) ENGINE=InnoDB AS SELECT seq id FROM seq_1_to_100", "INSERT INTO item (name) VALUES ('first')",
        })
            await connection.ExecuteAsync(statement, default);
        using var service = await Service.CreateAsync(
            properties: $"""
                <Version>1.2.3</Version><DatabaseEngine>local</DatabaseEngine><DatabaseImageTags>1.2.3;latest</DatabaseImageTags>
                <DatabaseImageRegistry>{fixture.Registry.Host}</DatabaseImageRegistry><DatabaseImageRepository>{Repository.Repository}</DatabaseImageRepository>
                <DatabaseImagesFile>deploy/images.env</DatabaseImagesFile><DatabaseRefreshAfter>echo $DATABASE_IMAGE >> after</DatabaseRefreshAfter>
                """,
            items: "<DatabaseDump Include=\"data/shop.dump\" />",
            environment: new() { ["DatabaseMaster"] = $"Server={master.Server.Socket};User ID=root;Database=shop" });
        await service.SucceedAsync("build", "-t:DumpDatabase");
        await service.SucceedAsync("publish");
        var published = await LogAsync();

        var nothing = await service.SucceedAsync("build", "-t:RefreshDatabaseImage", "-p:Configuration=Release");
        Assert.Contains("Nothing has changed", nothing, StringComparison.Ordinal);
        Assert.Equal(published.Digest, (await LogAsync()).Digest);

        await connection.ExecuteAsync("INSERT INTO item (name) VALUES ('second')", default);
        // whoever refreshes has another version in its project perhaps; the frame is that of the release
        var refreshed = await service.SucceedAsync("build", "-t:RefreshDatabaseImage", "-p:Configuration=Release", "-p:Version=9.9.9");
        var fresh = await LogAsync();
        Assert.Contains("Compiled 1 of 2 tables", refreshed, StringComparison.Ordinal);
        Assert.NotEqual(published.Digest, fresh.Digest);
        Assert.Equal(["1.2.3", FrameTags.OfData(fresh.DataVersion), FrameTags.Newest, "latest"], fresh.Tags.Order(StringComparer.Ordinal));
        Assert.Equal(("1.2.3", published.SchemaVersion), (fresh.Version, fresh.SchemaVersion));
        Assert.Equal(2, fresh.Rows);
        Assert.Equal([$"DATABASE_IMAGE={Repository.WithDigest(fresh.Digest)}"], await File.ReadAllLinesAsync(service.PathOf("deploy/images.env")));
        Assert.Equal([Repository.WithDigest(fresh.Digest).ToString()], await File.ReadAllLinesAsync(service.PathOf("after")));

        await connection.ExecuteAsync("ALTER TABLE item ADD price INT", default);
        await connection.ExecuteAsync("CREATE VIEW names AS SELECT name FROM item", default);
        var error = Assert.Single(await service.FailAsync("build", "-t:RefreshDatabaseImage", "-p:Configuration=Release"));
        Assert.Contains("error SF7001", error, StringComparison.Ordinal);
        Assert.Contains("table shop.item changed, view shop.names is new.", error, StringComparison.Ordinal);
        Assert.Equal(fresh.Digest, (await LogAsync()).Digest);

        using var interrupted = InteractiveProgram.Start(service, "build", "-t:RefreshDatabaseImage", "-p:Configuration=Release", "--no-restore", "-p:DatabaseRefreshBefore=echo at work && exec sleep 600");
        await interrupted.SaysAsync("at work");
        await AssertTakenAsync();
        await interrupted.InterruptAsync();
        await using var free = await RepositoryLease.TakeAsync(Repository, new(), LeaseTiming.Default with { Pause = TimeSpan.Zero }, SilentReporter.Instance, default);
    }

    [NeedsFact(Need.Registry)]
    public async Task Is_of_one_refresh_at_a_time()
    {
        var timing = LeaseTiming.Default with { Pause = TimeSpan.Zero };
        var first = await RepositoryLease.TakeAsync(Repository, new(), timing, SilentReporter.Instance, default);

        await AssertTakenAsync();
        await first.RequireAsync(default);
        await first.DisposeAsync();

        await using var third = await RepositoryLease.TakeAsync(Repository, new(), timing, SilentReporter.Instance, default);
    }

    [Trait(Soaking.Turn, Soaking.Even)]
    [NeedsFact(Need.Registry)]
    public async Task Waits_for_no_refresh_that_was_killed()
    {
        var abandoned = await RepositoryLease.TakeAsync(Repository, new(), new(TimeSpan.Zero, TimeSpan.Zero) { Renewal = Timeout.InfiniteTimeSpan }, SilentReporter.Instance, default);

        await using var next = await RepositoryLease.TakeAsync(Repository, new(), LeaseTiming.Default with { Pause = TimeSpan.Zero }, SilentReporter.Instance, default);

        Assert.Equal(ErrorCodes.RefreshRuns, (await Assert.ThrowsAsync<StillframeException>(() => abandoned.RequireAsync(default))).Code);
        await abandoned.DisposeAsync(); // which takes nothing from the next
        await next.RequireAsync(default);
    }

    /// <summary>What has the lease goes on as long as it is renewed, whatever its term.</summary>
    [Trait(Soaking.Turn, Soaking.Odd)]
    [NeedsFact(Need.Registry)]
    public async Task Has_the_repository_until_it_ends()
    {
        await using var first = await RepositoryLease.TakeAsync(Repository, new(), new(TimeSpan.FromSeconds(1.5), TimeSpan.Zero), SilentReporter.Instance, default);
        var before = await DigestAsync();

        await Eventually.IsTrueAsync(async () => await DigestAsync() != before, () => "The lease is not renewed.");

        await first.RequireAsync(default);
    }

    /// <summary>A repository of each test's own.</summary>
    Reference Repository { get; } = Reference.Of(fixture.Registry.Host, $"refresh-{Guid.NewGuid():n}");

    async Task AssertTakenAsync()
    {
        var e = await Assert.ThrowsAsync<StillframeException>(() => RepositoryLease.TakeAsync(Repository, new(), LeaseTiming.Default, SilentReporter.Instance, default));
        Assert.Equal(ErrorCodes.RefreshRuns, e.Code);
    }

    async Task<Digest?> DigestAsync()
    {
        using var client = new RegistryClient(Repository.Registry, Repository.Repository, RegistryAccess.Pull, new(), SilentReporter.Instance);
        return await client.FindManifestAsync(RepositoryLease.Tag, default);
    }

    async Task<(Digest Digest, string DataVersion, string? SchemaVersion, string? Version, long Rows, IReadOnlyList<string> Tags)> LogAsync()
    {
        var log = await FrameLog.ReadAsync(Repository, new(), SilentReporter.Instance, default);
        var frame = log.Frames.Single(one => one.Tags.Contains("latest"));
        var released = await ReleasedFrame.FindAsync(Repository, "latest", new(), SilentReporter.Instance, default);
        var inspected = await FrameReader.FromRegistryAsync(Repository.WithTag("latest"), new(), SilentReporter.Instance, default);
        return (frame.Digest, frame.Labels.DataVersion, frame.Labels.SchemaVersion, released.Description.Version, inspected.Map.Tables.Single(table => table.Name == "item").Rows, frame.Tags);
    }
}
