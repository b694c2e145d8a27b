using System.Diagnostics;
using Stillframe.Dumps;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Oracle;
using Stillframe.EndToEnd.Oracle.Comparison;
using Stillframe.EndToEnd.Package;
using Stillframe.Inspection;
using Stillframe.Oci;
using Stillframe.Registries;
using Stillframe.TestRuns;

namespace Stillframe.EndToEnd.Refreshing;

public sealed class KilledRefreshes(RegistryFixture fixture) : IClassFixture<RegistryFixture>, IDisposable
{
    readonly TemporaryDirectory work = TemporaryDirectory.Create();

    Reference Repository { get; } = Reference.Of(fixture.Registry.Host, $"killed-{Guid.NewGuid():n}");

    public void Dispose() => work.Dispose();

    [Trait(Soaking.Turn, Soaking.Odd)]
    [NeedsFact(Need.LocalServer, Need.Registry)]
    [Trait(Soaking.Category, Soaking.Soak)]
    public async Task Leave_a_whole_dump_and_a_whole_frame_and_are_made_good_by_the_next()
    {
        await using var master = await ClientLoads.StartAsync(work.Path);
        await using var connection = await master.Server.ConnectAsync();
        foreach (var statement in new[] { "CREATE DATABASE shop", "USE shop", "CREATE TABLE item (id INT PRIMARY KEY, v INT) ENGINE=InnoDB AS SELECT seq id, 0 v FROM seq_1_to_20000" })
            await connection.ExecuteAsync(statement, default);
        using var service = await Service.CreateAsync(
            properties: $"""
                <Version>1.0.0</Version><DatabaseEngine>local</DatabaseEngine><DatabaseImageTags>latest</DatabaseImageTags><DatabaseRefreshForce>true</DatabaseRefreshForce>
                <DatabaseImageRegistry>{fixture.Registry.Host}</DatabaseImageRegistry><DatabaseImageRepository>{Repository.Repository}</DatabaseImageRepository>
                """,
            items: "<DatabaseDump Include=\"data/shop.dump\" />",
            environment: new() { ["DatabaseMaster"] = $"Server={master.Server.Socket};User ID=root;Database=shop", ["TMPDIR"] = work.Path });
        await service.SucceedAsync("build", "-t:DumpDatabase");
        await service.SucceedAsync("publish");
        var clock = Stopwatch.StartNew();
        var random = new Random((int)OracleRun.Seed);

        for (var round = 1; round <= Soaking.Times(2, 60); round++)
        {
            await connection.ExecuteAsync($"UPDATE item SET v = {round} WHERE id % 7 = {round % 7}", default);
            using (var refresh = InteractiveProgram.Start(service, "build", "-t:RefreshDatabaseImage", "-p:Configuration=Release", "--no-restore"))
            {
                await refresh.SaysAsync("Refreshing "); // and some time after
                await Task.Delay(random.Next(3000));
            }

            Assert.NotEmpty(DumpFiles.Of([service.PathOf("data/shop.dump")]));
            await AssertWholeAsync($"seed {OracleRun.Seed}, round {round}, {clock.Elapsed.TotalSeconds:0} s");
        }

        await connection.ExecuteAsync("UPDATE item SET v = 1000000 WHERE id = 1", default);
        await service.SucceedAsync("build", "-t:RefreshDatabaseImage", "-p:Configuration=Release");
        var expected = (await connection.QueryAsync("CHECKSUM TABLE item", default))[0][1];
        Assert.Equal(expected, (await AssertWholeAsync("at the end")).Map.Tables.Single(table => table.Name == "item").Checksum?.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>All that the tag needs is there.</summary>
    async Task<InspectedFrame> AssertWholeAsync(string when)
    {
        var frame = await FrameReader.FromRegistryAsync(Repository.WithTag("latest"), new(), SilentReporter.Instance, default);
        using var client = new RegistryClient(Repository.Registry, Repository.Repository, RegistryAccess.Pull, new(), SilentReporter.Instance);
        foreach (var layer in frame.Layers)
            Assert.True(await client.HasBlobAsync(layer.Digest, default), when);
        return frame;
    }
}
