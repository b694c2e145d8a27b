using Nuke.Common;
using Nuke.Common.IO;
using static Nuke.Common.Tools.DotNet.DotNetTasks;

partial class Build
{
    [Parameter("Dumps that Soak loads both ways; 20000")]
    readonly int SoakDumps = 20_000;

    [Parameter("Tables that Soak writes and has a server of each release load; 50000")]
    readonly int SoakTables = 50_000;

    [Parameter("Seed of Soak's dumps and tables; where it is not given, that of the run that was interrupted, or any")]
    readonly string? SoakSeed;

    static readonly string[] releases = ["10.11", "11.8"];

    Target Soak => _ => _
        .Description("Tries often what Test tries a few times, writes thousands of tables that a server loads, too, and compares frames of thousands of generated dumps with what the server's own client loads; goes on where it was interrupted")
        .DependsOn(Compile, Pack)
        .Executes(async () =>
        {
            TestResultsDirectory.CreateOrCleanDirectory();
            Console.WriteLine(Seed());
            var outcome = await WithEngineAsync(variables => Task.FromResult(
                RunTests("Stillframe.EndToEnd", new(variables) { ["STILLFRAME_TEST_SOAK"] = "1" }, "Category=Soak|Category=SoakOnly|Turn=even|Turn=odd", LongestSoak)), Turn / 2);
            Console.WriteLine($"Tests: {outcome.Totals}");
            RequirePassed(outcome.Totals);
            var unpacked = Variables();
            if (await NewerServer.MariaDb.GetAsync() is { } directory)
                unpacked[NewerServer.MariaDb.Variable] = directory;
            foreach (var release in releases)
                Oracle($"tables {release} {SoakTables} {SoakSeed}", unpacked);
            Oracle($"soak {SoakDumps} {SoakSeed}", unpacked);
        });

    void Oracle(string what, Dictionary<string, string> variables) =>
        DotNet($"run --project {RootDirectory / "tests" / "Stillframe.EndToEnd"} --configuration {Configuration} --no-build -- oracle {what}", environmentVariables: variables);

    static TimeSpan LongestSoak => TimeSpan.FromHours(6);
}
