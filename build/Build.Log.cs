using Nuke.Common;
using Stillframe.Consoles;
using Stillframe.Inspection;
using Stillframe.Oci;

partial class Build
{
    [Parameter("Repository whose frames Log lists, as HOST[:PORT]/NAME, the sample's in --registry; or that Backup, Backups, VerifyBackup and Prune are to use")]
    readonly string? Repository;

    Target Log => _ => _
        .Description("Lists the frames of a repository: data version, time, age, source position, size, tags")
        .Executes(() =>
        {
            if (Repository is null && Registry is null)
                Assert.Fail("Log needs '--repository HOST/NAME', or '--registry HOST' for the sample's.");
            return Answers.PrintAsync(
                Json,
                () => FrameLog.ReadAsync(
                    Reference.Parse(Repository ?? $"{Registry}/{ServiceRepository}-db"), new(), new ConsoleReporter(Console.Out), Interrupt.Token),
                log => log.Lines(DateTimeOffset.UtcNow));
        });
}
