using System.Text.Json;
using Stillframe.Connections;
using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Package;

/// <summary>What is called by name.</summary>
public class Targets
{
    [Trait(Soaking.Turn, Soaking.Odd)]
    [NeedsFact(Need.LocalServer)]
    public async Task Verify_prints_a_table_and_writes_it_down_for_a_table_written_without_a_server()
    {
        using var service = await Service.CreateAsync(properties: "<DatabaseEngine>local</DatabaseEngine>");
        await service.WriteAsync("data/places.sql", Service.Dump("A place that no other test has")); // and that no cache has, therefore

        var output = await service.SucceedAsync("build", "-t:VerifyDatabaseImage", "-v:n");

        Assert.Contains("places.place is written without a server", output, StringComparison.Ordinal);
        Assert.Contains("1 tables, 1 rows, as loaded", output, StringComparison.Ordinal);
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(service.PathOf("bin/Debug/net10.0/database-image-verification.json")));
        Assert.True(report.RootElement.GetProperty("passed").GetBoolean());
    }

    [Trait(Soaking.Turn, Soaking.Even)]
    [NeedsFact(Need.LocalServer)]
    public async Task Run_serves_until_interrupted()
    {
        using var temporary = TemporaryDirectory.Create();
        await Command.SucceedAsync("chmod", ["755", temporary.Path]); // a frame started by root runs as somebody else
        using var service = await Service.CreateAsync(properties: "<DatabaseEngine>local</DatabaseEngine>", environment: new() { ["TMPDIR"] = temporary.Path });
        var port = Ports.Free();
        using var build = InteractiveProgram.Start(service, "build", "-t:RunDatabaseImage", $"-p:DatabaseRunPort={port}");

        await build.SaysAsync($"Server=127.0.0.1;Port={port};User ID=reader;Password=…;Database=places");
        await using (var connection = await ServerConnection.ConnectAsync(new ServerEndpoint.Tcp("127.0.0.1", port), "reader", "only for tests", default))
            Assert.Equal("Concepción", await connection.ScalarAsync("SELECT name FROM places.place", default));
        await build.InterruptAsync();

        Assert.Empty(Directory.EnumerateFileSystemEntries(temporary.Path, "sf-*"));
        Assert.DoesNotContain("   at ", build.Output, StringComparison.Ordinal);
    }

    [NeedsFact(Need.LocalServer)]
    public async Task Build_interrupted_while_loading_leaves_nothing()
    {
        using var temporary = TemporaryDirectory.Create();
        using var service = await Service.CreateAsync(properties: "<DatabaseEngine>local</DatabaseEngine>", environment: new() { ["TMPDIR"] = temporary.Path });
        await WriteLongDumpAsync(service.PathOf("data/places.sql"));
        using var build = InteractiveProgram.Start(service, "build", "-t:BuildDatabaseImage");

        await build.SaysAsync("MB/s");
        await build.InterruptAsync();

        Assert.Empty(Directory.EnumerateFileSystemEntries(temporary.Path, "sf-*"));
        Assert.False(Directory.Exists(service.PathOf("obj/Debug/net10.0/database-image/layout")));
        Assert.DoesNotContain(": error ", build.Output, StringComparison.Ordinal);
    }

    // 300 MB: loads for far longer than it takes to interrupt it
    static async Task WriteLongDumpAsync(string path)
    {
        await using var dump = new StreamWriter(path);
        await dump.WriteAsync(Service.Dump("Concepción"));
        var filler = new string('x', 180);
        for (var first = 2; first < 1_500_000; first += 500)
            await dump.WriteAsync($"INSERT INTO place VALUES {string.Join(',', Enumerable.Range(first, 500).Select(id => $"({id},'{filler}')"))};\n");
    }
}
