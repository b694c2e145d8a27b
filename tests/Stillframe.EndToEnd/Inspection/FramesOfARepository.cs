using System.Globalization;
using Stillframe.Destinations;
using Stillframe.EndToEnd.Destinations;
using Stillframe.EndToEnd.Frames;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Inspection;
using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.EndToEnd.Inspection;

public sealed class FramesOfARepository(RegistryFixture fixture) : IClassFixture<RegistryFixture>, IDisposable
{
    const string Kept = "CREATE TABLE kept (a INT PRIMARY KEY);\nINSERT INTO kept VALUES (1),(2);\n";
    const string First = Kept + "CREATE TABLE dropped (a INT);\nINSERT INTO dropped VALUES (1);\nCREATE TABLE orders (a INT, b TEXT);\nINSERT INTO orders VALUES (1,'x'),(2,'y');\n";
    const string Second = Kept + "CREATE TABLE added (a INT);\nINSERT INTO added VALUES (1),(2),(3);\nCREATE TABLE orders (a INT, b TEXT);\nINSERT INTO orders VALUES (1,'x'),(2,'z');\n";

    readonly FrameWorkshop workshop = new();
    readonly RegistryOptions options = new() { Environment = _ => null, FirstWait = TimeSpan.FromMilliseconds(20) };

    public void Dispose() => workshop.Dispose();

    [NeedsFact(Need.Registry, Need.Apt)]
    public async Task Are_listed_and_compared()
    {
        var host = fixture.Registry.Host;
        var first = Dump("first.sql", 19, First);
        var (older, _) = await PushAsync("shop-db", first, "1.0", "data-1");
        var second = Dump("second.sql", 20, Second);
        var (newer, sent) = await PushAsync("shop-db", second, "2.0", "latest");
        await new RegistryDestination(Reference.Of(host, "shop-db"), options).DeliverAsync(
            await TestImages.MakeAsync(workshop.PathOf("."), "no frame"), ["other"], SilentReporter.Instance, default);

        await using var proxy = new FaultProxy(host);
        var log = await FrameLog.ReadAsync(Reference.Of(proxy.Host, "shop-db"), options, SilentReporter.Instance, default);

        Assert.Equal([newer.DataVersion, older.DataVersion], log.Frames.Select(frame => frame.Labels.DataVersion));
        Assert.Equal([newer.Digest, older.Digest], log.Frames.Select(frame => frame.Digest.ToString()));
        Assert.Equal([newer.Size, older.Size], log.Frames.Select(frame => frame.Size));
        Assert.Equal(["2.0 latest", "1.0 data-1"], log.Frames.Select(frame => string.Join(' ', frame.Tags)));
        Assert.Equal(["master.example binlog.000007:20", "master.example binlog.000007:19"], log.Frames.Select(frame => $"{frame.Labels.Source.Host} {frame.Labels.Position}"));
        Assert.Equal(["2026-11-20 03:04:05", "2026-11-19 03:04:05"], log.Frames.Select(frame => frame.Labels.Time?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)));
        Assert.Equal((5, true), (log.Tags, log.Complete));
        // each tag is looked at, each image is read once
        Assert.Equal(5, proxy.Requests.Count(request => request.Method == "HEAD"));
        Assert.Equal(3, proxy.Requests.Count(request => request.Method == "GET" && request.Path.Contains("/manifests/", StringComparison.Ordinal)));
        Assert.Equal(3, proxy.Requests.Count(request => request.Path.Contains("/blobs/", StringComparison.Ordinal)));

        var difference = await DiffAsync($"{host}/shop-db:1.0", $"{host}/shop-db@{newer.Digest}");
        Assert.Equal(
            ["shop.added added - 3", "shop.dropped removed 1 -", "shop.orders rows 2 2"],
            difference.Tables.Select(table => $"{table.Schema}.{table.Name} {table.Change} {table.From?.Rows.ToString(CultureInfo.InvariantCulture) ?? "-"} {table.To?.Rows.ToString(CultureInfo.InvariantCulture) ?? "-"}"));
        Assert.Equal(1, difference.SameTables);
        Assert.All(difference.Tables, table => Assert.True((table.From ?? table.To)!.Bytes >= 3 * 16384));
        // what was sent is what the registry lacked: those layers, and a configuration
        var image = await ImageLayout.ReadAsync(newer.LayoutDirectory);
        Assert.Equal((sent.BlobsSent - 1, sent.BytesSent - image.Config.Descriptor.Size), (difference.Pull!.Layers, difference.Pull.Bytes));
        Assert.Equal(log.Frames[0].New, difference.Pull.Bytes);
        Assert.InRange(difference.Pull.Bytes, 1, difference.Pull.AllBytes / 4); // the server is there

        // what was foretold before the frame was there: the layers, and about the bytes
        var foretold = (await DiffAsync($"{host}/shop-db:1.0", second)).Pull!;
        Assert.Equal((difference.Pull.Layers, difference.Pull.AllLayers, true), (foretold.Layers, foretold.AllLayers, foretold.Estimated));
        Assert.InRange(foretold.Bytes, difference.Pull.Bytes / 2, difference.Pull.Bytes * 2);

        var same = await DiffAsync($"{host}/shop-db:data-1", first);
        Assert.Empty(same.Tables);
        Assert.Equal((3, same.From.DumpFingerprint), (same.SameTables, same.To.DumpFingerprint));
        Assert.NotNull(same.To.DumpFingerprint);
        Assert.Contains("No table differs (3 the same).", same.Lines());
    }

    [NeedsFact(Need.Registry)]
    public async Task That_are_none_or_not_there_are_told()
    {
        var host = fixture.Registry.Host;
        await new RegistryDestination(Reference.Of(host, "others"), options).DeliverAsync(
            await TestImages.MakeAsync(workshop.PathOf("."), "none"), ["1"], SilentReporter.Instance, default);

        Assert.Equal(ErrorCodes.NotAFrame, await FailAsync(() => DiffAsync($"{host}/others:1", "x.sql")));
        Assert.Equal(ErrorCodes.ImageMissing, await FailAsync(() => DiffAsync($"{host}/others:2", "x.sql")));
        Assert.Equal(ErrorCodes.ImageMissing, await FailAsync(() => FrameLog.ReadAsync(Reference.Of(host, "nothing"), options, SilentReporter.Instance, default)));
        Assert.Empty((await FrameLog.ReadAsync(Reference.Of(host, "others"), options, SilentReporter.Instance, default)).Frames);
    }

    [Fact]
    public async Task With_more_tags_than_a_page_has_are_all_found()
    {
        using var registry = new PagedTags(count: 7, page: 3);
        using var client = new RegistryClient(registry.Host, "shop-db", RegistryAccess.Pull, options, SilentReporter.Instance);

        Assert.Equal(["t1000", "t1001", "t1002", "t1003", "t1004", "t1005", "t1006"], await client.ListTagsAsync(default).ToListAsync());
        Assert.Equal(3, registry.Pages);
    }

    [Fact]
    public async Task With_too_many_tags_are_not_all_looked_at()
    {
        using var registry = new PagedTags(count: 2000, page: 100);
        var log = await FrameLog.ReadAsync(Reference.Of(registry.Host, "shop-db"), options, SilentReporter.Instance, default);

        Assert.Equal((200, false, 3), (log.Tags, log.Complete, registry.Pages));
    }

    Task<FrameDifference> DiffAsync(string from, string to) => DiffAsync(from, to, options);

    static async Task<FrameDifference> DiffAsync(string from, string to, RegistryOptions options)
    {
        var first = await DataSource.ReadAsync(from, null, options, SilentReporter.Instance, default);
        return FrameDifference.Between(first, await DataSource.ReadAsync(to, null, options, SilentReporter.Instance, default));
    }

    static async Task<string> FailAsync<T>(Func<Task<T>> act) => (await Assert.ThrowsAsync<StillframeException>(act)).Code;

    async Task<(FrameBuild Frame, Delivery Sent)> PushAsync(string repository, string dump, params string[] tags)
    {
        var frame = await FrameWorkshop.BuildAsync(workshop.Request([dump]));
        var image = await ImageLayout.ReadAsync(frame.LayoutDirectory);
        return (frame, await new RegistryDestination(Reference.Of(fixture.Registry.Host, repository), options).DeliverAsync(image, tags, SilentReporter.Instance, default));
    }

    /// <summary>A dump as a master's tool writes it, with its position and its time.</summary>
    string Dump(string name, int day, string statements) => workshop.Dump(name, $"""
        -- MariaDB dump 10.19  Distrib 10.11.19-MariaDB, for debian-linux-gnu (x86_64)
        --
        -- Host: master.example    Database: shop
        -- ------------------------------------------------------
        -- Server version	10.11.19-MariaDB-log
        -- CHANGE MASTER TO MASTER_LOG_FILE='binlog.000007', MASTER_LOG_POS={day};
        {statements}
        -- Dump completed on 2026-11-{day}  3:04:05

        """);
}
