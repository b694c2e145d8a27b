using System.Text.Json;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Package;

namespace Stillframe.EndToEnd.Backups;

public sealed class AProjectOfABackup(BackupBench bench, KeysForTests keys) : IClassFixture<BackupBench>, IClassFixture<KeysForTests>
{
    [Trait(Soaking.Turn, Soaking.Even)]
    [NeedsFact(Need.Registry, Need.LocalServer)]
    public async Task Builds_from_the_registry_what_it_would_build_from_the_directory()
    {
        await bench.DumpAsync("project");
        using var ofDirectory = await Service.CreateAsync(
            "directory", $"<DatabaseImageRegistry>{bench.Registry.Host}</DatabaseImageRegistry><DatabaseImageRepository>places-db</DatabaseImageRepository>", $"<DatabaseDump Include=\"{bench.PathOf("project")}\" />");
        var pushed = await ofDirectory.DotNetAsync(["build", "-t:BackupDatabase"]);
        Assert.True(pushed.ExitCode == 0, pushed.AllOutput);
        var backup = Assert.Single(await bench.ListAsync("places-dump"));
        using var ofBackup = await Service.CreateAsync("backup", items: $"<DatabaseDump Include=\"oci://{bench.Registry.Host}/places-dump:latest\" />");

        await ofDirectory.SucceedAsync("build");
        var built = await ofBackup.SucceedAsync("build");

        Assert.Equal((await ofDirectory.ConstantsAsync()).DataVersion, (await ofBackup.ConstantsAsync()).DataVersion);
        Assert.Contains(backup.Digest.ToString(), built, StringComparison.Ordinal);
    }

    [Trait(Soaking.Turn, Soaking.Odd)]
    [NeedsFact(Need.Registry, Need.LocalServer, Need.Age)]
    public async Task Publishes_from_an_encrypted_one_and_reports_which()
    {
        await bench.DumpAsync("secret");
        var registry = $"<DatabaseImageRegistry>{bench.Registry.Host}</DatabaseImageRegistry><DatabaseImageRepository>secret-db</DatabaseImageRepository>";
        using var ofDirectory = await Service.CreateAsync(
            "sending", $"{registry}<DatabaseBackupRecipient>{keys.Recipient}</DatabaseBackupRecipient>", $"<DatabaseDump Include=\"{bench.PathOf("secret")}\" />");
        var pushed = await ofDirectory.DotNetAsync(["build", "-t:BackupDatabase"]);
        Assert.True(pushed.ExitCode == 0, pushed.AllOutput);
        var backup = Assert.Single(await bench.ListAsync("secret-dump"));
        Assert.True(backup.IsEncrypted);
        var place = $"{bench.Registry.Host}/secret-dump";
        using var ofBackup = await Service.CreateAsync("taking", $"{registry}<DatabaseEngine>local</DatabaseEngine>", $"<DatabaseDump Include=\"oci://{place}:latest\" />", environment: new() { ["XDG_CACHE_HOME"] = bench.PathOf("cache-of-a-project") });

        var refused = await ofBackup.FailAsync("build");
        var published = await ofBackup.DotNetAsync(["publish"], new Dictionary<string, string?> { ["DatabaseBackupIdentity"] = keys.Identity });

        Assert.Contains(refused, line => line.Contains("error SF6008", StringComparison.Ordinal));
        Assert.True(published.ExitCode == 0, published.AllOutput);
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(ofBackup.PathOf("bin/Release/net10.0/publish/database-image.json")));
        Assert.Equal([$"{place}@{backup.Digest}"], report.RootElement.GetProperty("dumpReferences").EnumerateArray().Select(one => one.GetString()));
    }
}
