using Nuke.Common;
using Nuke.Common.IO;
using static Nuke.Common.Tools.DotNet.DotNetTasks;

partial class Build
{
    [Parameter("Dumps that Soak loads both ways; 20000")]
    readonly int SoakDumps = 20_000;

    [Parameter("Seed of Soak's dumps; where it is not given, that of the run that was interrupted, or any")]
    readonly string? SoakSeed;

    Target Soak => _ => _
        .Description("Compares frames of thousands of generated dumps with what the server's own client loads; goes on where it was interrupted")
        .DependsOn(Restore)
        .Executes(async () =>
        {
            await AptPackages.InstallMissingAsync(("mariadbd", "mariadb-server-core"), ("mariadb-install-db", "mariadb-server"), ("mariadb", "mariadb-client-core"), ("mariadb-dump", "mariadb-client-core"));
            DotNet($"run --project {RootDirectory / "tests" / "Stillframe.EndToEnd"} --configuration Release -- oracle soak {SoakDumps} {SoakSeed}");
        });
}
