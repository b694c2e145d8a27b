using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Package;

namespace Stillframe.EndToEnd.Backups;

public sealed class AProjectOfABackup(BackupBench bench) : IClassFixture<BackupBench>
{
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
}
