using System.Text.Json;
using Stillframe.Backups;
using Stillframe.Connections;
using Stillframe.EndToEnd.Frames;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Loading;
using Stillframe.EndToEnd.Oracle.Comparison;
using Stillframe.EndToEnd.Package;
using Stillframe.Frames;
using Stillframe.Inspection;
using Stillframe.Oci;
using Stillframe.Retention;
using Stillframe.Verification;

namespace Stillframe.EndToEnd.Refreshing;

/// <summary>From a master that users write to, to a frame, a backup, and a new master.</summary>
public sealed class TheWholeWay(RegistryFixture fixture) : IClassFixture<RegistryFixture>, IDisposable
{
    readonly TemporaryDirectory work = TemporaryDirectory.Create();
    readonly string name = $"way-{Guid.NewGuid():n}";

    Reference Backups => Reference.Of(fixture.Registry.Host, name + "-dump");

    public void Dispose() => work.Dispose();

    [NeedsFact(Need.LocalServer, Need.Registry)]
    public async Task Of_rows_that_users_write_ends_in_the_next_frame_and_in_a_new_master()
    {
        var master = await ClientLoads.StartAsync(work.Path, withBinaryLog: true);
        using var service = await Service.CreateAsync(
            properties: $"""
                <Version>1.0.0</Version><DatabaseEngine>local</DatabaseEngine><DatabaseImageTags>1.0.0</DatabaseImageTags><DatabaseBackupRepository>{name}-dump</DatabaseBackupRepository>
                <DatabaseImageRegistry>{fixture.Registry.Host}</DatabaseImageRegistry><DatabaseImageRepository>{name}-db</DatabaseImageRepository>
                """,
            items: "<DatabaseDump Include=\"data/shop.dump\" />",
            environment: new() { ["DatabaseMaster"] = $"Server={master.Server.Socket};User ID=root;Database=shop" });
        await using (var connection = await master.Server.ConnectAsync())
        {
            foreach (var statement in new[]
            {
                "CREATE DATABASE shop", "USE shop", "CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(50)) ENGINE=InnoDB AS SELECT seq id, 'from the start' name FROM seq_1_to_1000",
                "CREATE TABLE sale (id BIGINT AUTO_INCREMENT PRIMARY KEY, item INT NOT NULL, FOREIGN KEY (item) REFERENCES item (id)) ENGINE=InnoDB",
                "CREATE VIEW sold AS SELECT item, COUNT(*) n FROM sale GROUP BY item",
            })
                await connection.ExecuteAsync(statement, default);
        }

        await service.SucceedAsync("build", "-t:DumpDatabase");
        await service.SucceedAsync("publish");
        await service.SucceedAsync("build", "-t:BackupDatabase", "-p:Configuration=Release");

        long marked;
        await using (var users = new Users(master))
        {
            await users.HaveWrittenAsync(100);
            await using (var connection = await master.Server.ConnectAsync())
            {
                await connection.ExecuteAsync("INSERT INTO shop.sale (item) VALUES (7)", default);
                marked = long.Parse((await connection.ScalarAsync("SELECT LAST_INSERT_ID()", default))!, System.Globalization.CultureInfo.InvariantCulture);
            }

            await service.SucceedAsync("build", "-t:RefreshDatabaseImage", "-p:Configuration=Release");
            await users.HaveWrittenAsync(100); // what the next dump would have
        }

        await service.SucceedAsync("build", "-t:BackupDatabase", "-p:Configuration=Release");
        var backups = (await BackupList.ReadAsync(Backups, new(), SilentReporter.Instance, default)).Backups;
        var frame = JsonSerializer.Deserialize<FrameBuild>(await File.ReadAllTextAsync(service.PathOf("obj/Release/net10.0/database-image/build.json")), JsonSerializerOptions.Web)!;
        var sales = await InFrameAsync(frame, $"SELECT COUNT(*), SUM(item), SUM(id = {marked}) FROM shop.sale");
        Assert.Equal("1", sales[2]); // written before the dump

        await master.DisposeAsync(); // it is lost
        await using var next = await ClientLoads.StartAsync(work.Path);
        var report = await DumpRestore.RunAsync($"Server={next.Server.Socket};User ID=root", $"oci://{Backups}:latest", new(Path.Combine(work.Path, "cache")), SilentReporter.Instance, default);
        await using (var connection = await next.Server.ConnectAsync())
        {
            Assert.Equal(sales, (await connection.QueryAsync($"SELECT COUNT(*), SUM(item), SUM(id = {marked}) FROM shop.sale", default))[0]);
            Assert.Equal("1", await connection.ScalarAsync("SELECT COUNT(*) FROM information_schema.views WHERE table_schema = 'shop' AND table_name = 'sold'", default));
            await connection.ExecuteAsync("INSERT INTO shop.sale (item) VALUES (7)", default); // users go on
        }

        var pruned = await RegistryPrune.RunAsync(Backups, [], new() { Last = 1 }, remove: true, SilentReporter.Instance, default);
        Assert.Equal(2, backups.Count);
        Assert.NotEmpty(report.Lines());
        // the second frame took the tag of the first, whose own tag still names what it was made from
        Assert.All(pruned.Items, item => Assert.True(item.IsKept, string.Join(", ", item.Reasons)));
        var log = await FrameLog.ReadAsync(Reference.Of(fixture.Registry.Host, name + "-db"), new(), SilentReporter.Instance, default);
        Assert.Equal(backups.Select(backup => backup.DataVersion).Order(), log.Frames.Select(one => one.Labels.DumpFingerprint).Order());
    }

    static async Task<string?[]> InFrameAsync(FrameBuild frame, string query)
    {
        await using var stage = await FrameWorkshop.StageAsync(frame);
        await using var server = await stage.StartAsync(FrameStart.Production, default);
        await using var connection = await ServerConnection.ConnectAsync(server.Endpoint, "reader", "only for tests", default);
        return (await connection.QueryAsync(query, default))[0];
    }

    /// <summary>Four of them, who buy things all the time.</summary>
    sealed class Users : IAsyncDisposable
    {
        readonly CancellationTokenSource stop = new();
        readonly Task[] all;
        int written;

        public Users(ClientLoads master) => all = [.. Enumerable.Range(0, 4).Select(number => Task.Run(() => BuyAsync(master, number)))];

        public async Task HaveWrittenAsync(int more)
        {
            var before = Volatile.Read(ref written);
            await Eventually.IsTrueAsync(() => Volatile.Read(ref written) > before + more || all.Any(user => user.IsFaulted), () => "Nobody writes.");
        }

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await Task.WhenAll(all);
            stop.Dispose();
        }

        async Task BuyAsync(ClientLoads master, int seed)
        {
            var random = new Random(seed);
            await using var connection = await master.Server.ConnectAsync();
            while (!stop.IsCancellationRequested)
            {
                await connection.ExecuteAsync($"INSERT INTO shop.sale (item) VALUES ({random.Next(1000) + 1})", default);
                Interlocked.Increment(ref written);
            }
        }
    }
}
