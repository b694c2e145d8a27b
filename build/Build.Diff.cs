using Nuke.Common;
using Nuke.Common.IO;
using Stillframe.Consoles;
using Stillframe.Inspection;

partial class Build
{
    [Parameter("What Restore restores or VerifyBackup verifies; or what Diff compares: a frame (reference, image layout's directory, .tar archive) or a dump (.sql, .sql.gz; several joined by '+'); the published frame")]
    readonly string? From;

    [Parameter("What Diff compares it with, likewise, or 'master' for the one of the environment variable DatabaseMaster, the sample's dump; or where Rollout goes: swarm, kubernetes or compose")]
    readonly string? To;

    [Parameter("Schema of a dump that names none, as the property of that name says for a build")]
    readonly string? DatabaseName;

    [Parameter("Diff and Log print JSON, and nothing else on standard output")]
    readonly bool Json;

    Target Diff => _ => _
        .Description("Says which tables differ between two frames, or a frame and a dump, and what a pull would transfer")
        .Executes(() => Answers.PrintAsync(
            Json,
            async () =>
            {
                var from = await CompareAsync(From ?? Images / "gazetteer-db.tar");
                return FrameDifference.Between(from, await CompareAsync(To ?? Sample / "data" / "gazetteer.sql.gz"));
            },
            difference => difference.Lines()));

    Task<ComparedData> CompareAsync(string place) => DataSource.ReadAsync(place, DatabaseName, new(), new ConsoleReporter(Console.Out), Interrupt.Token);
}
