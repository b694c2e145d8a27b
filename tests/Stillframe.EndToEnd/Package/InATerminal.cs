using System.Text.Json;
using System.Text.RegularExpressions;
using Stillframe.Connections;
using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Package;

/// <summary>What somebody sees who types the commands of the README, with the logger that the SDK takes by itself there.</summary>
public partial class InATerminal(RegistryFixture fixture) : IClassFixture<RegistryFixture>
{
    [NeedsFact(Need.Terminal, Need.LocalServer, Need.Registry)]
    public async Task Publish_verify_and_run_show_progress_digest_checks_and_address()
    {
        using var service = await Service.CreateAsync(properties: $"""
            <DatabaseEngine>local</DatabaseEngine>
            <DatabaseImageRegistry>{fixture.Registry.Host}</DatabaseImageRegistry>
            <DatabaseImageRepository>terminal/places-db</DatabaseImageRepository>
            """);
        var place = $"Concepción {Guid.NewGuid()}"; // which no other test has compiled before: this one is to be loaded
        await service.WriteAsync("data/places.sql", Service.Dump(place));

        var published = await RunAsync(service, "publish");
        Assert.Contains("Loading 1 table,", published, StringComparison.Ordinal);
        Assert.Contains("Loaded 1 table, 1 row", published, StringComparison.Ordinal);
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(service.PathOf("bin/Release/net10.0/publish/database-image.json")));
        var (digest, dataVersion) = (report.RootElement.GetProperty("digest").GetString()!, report.RootElement.GetProperty("dataVersion").GetString()!);
        Assert.Contains($"{fixture.Registry.Host}/terminal/places-db@{digest}", Unbroken(published), StringComparison.Ordinal);
        Assert.Contains(dataVersion[..12], published, StringComparison.Ordinal);

        var verified = await RunAsync(service, "build", "-c", "Release", "-t:VerifyDatabaseImage");
        Assert.Contains("1 tables, 1 rows, as loaded", verified, StringComparison.Ordinal);

        var port = Ports.Free();
        await using var running = await Terminal.StartAsync(service.Path, service.Environment, "dotnet", "build", "-c", "Release", "-t:RunDatabaseImage", $"-p:DatabaseRunPort={port}");
        await running.ShowsAsync($"Server=127.0.0.1;Port={port};User ID=reader;Password=…;Database=places");
        await using (var connection = await ServerConnection.ConnectAsync(new ServerEndpoint.Tcp("127.0.0.1", port), "reader", "only for tests", default))
            Assert.Equal(place, await connection.ScalarAsync("SELECT name FROM places.place", default));
        await running.PressAsync("C-c");
        var (_, screen) = await running.EndAsync();
        AssertTidy(screen);
    }

    static async Task<string> RunAsync(Service service, params string[] arguments)
    {
        await using var terminal = await Terminal.StartAsync(service.Path, service.Environment, ["dotnet", .. arguments]);
        var (code, screen) = await terminal.EndAsync();
        Assert.True(code == 0, screen);
        Assert.Contains("Build succeeded in", screen, StringComparison.Ordinal); // the terminal logger's own words: no other shows them
        AssertTidy(screen);
        return screen;
    }

    /// <summary>Nothing of a live line is left among the others: those end in the seconds that they take, in parentheses and at the right.</summary>
    static void AssertTidy(string screen) => Assert.DoesNotMatch(LiveLine(), screen);

    [GeneratedRegex(@"^\s*Places .*\s{4,}\S*DatabaseImage \(\d+\.\d+s\)$", RegexOptions.Multiline)]
    private static partial Regex LiveLine();

    static string Unbroken(string screen) => Breaks().Replace(screen, "");

    [GeneratedRegex(@"\s*\n\s+")]
    private static partial Regex Breaks();
}
