using Nuke.Common;
using Nuke.Common.IO;
using Stillframe.Consoles;
using Stillframe.Masters;

partial class Build
{
    [Parameter("Directory that Dump writes and Backup sends; artifacts/master.dump")]
    readonly string? DumpDirectory;

    [Parameter("Tables that Dump reads at a time, all in one snapshot; 1")]
    readonly int? DumpConnections;

    [Parameter("Megabytes of rows that Dump reads in a second; no limit")]
    readonly double? DumpRate;

    [Parameter("Dump pauses while the master runs more threads than these; 25, 0 for never")]
    readonly int? DumpMaxThreadsRunning;

    [Parameter("Dump ends with an error when InnoDB's history list is longer than this; 5000000, 0 for never")]
    readonly long? DumpMaxHistory;

    [Parameter("Each dump of this number reads every table, and compares those that should be as they were; 10, 0 for none")]
    readonly int? DumpVerifyEvery;

    [Parameter("What tells Dump which tables changed: Auto (the binary log where it can, else checksums), Checksum or None")]
    readonly ChangeSource? DumpChanges;

    Target Dump => _ => _
        .Description("Dumps the master of the environment variable DatabaseMaster into a directory that DatabaseDump takes, in one snapshot, without a lock; tables that are as they were in the dump that is there are not read again")
        .Executes(async () =>
        {
            var standard = new MasterDumpOptions();
            var options = new MasterDumpOptions
            {
                Connections = DumpConnections ?? standard.Connections,
                Rate = DumpRate ?? standard.Rate,
                MaxThreadsRunning = DumpMaxThreadsRunning ?? standard.MaxThreadsRunning,
                MaxHistory = DumpMaxHistory ?? standard.MaxHistory,
                VerifyEvery = DumpVerifyEvery ?? standard.VerifyEvery,
                Changes = DumpChanges ?? standard.Changes,
            };
            var directory = DumpDirectory ?? Artifacts / "master.dump";
            var manifest = await MasterDump.WriteAsync(System.Environment.GetEnvironmentVariable(MasterDump.Variable), directory, options, new ConsoleReporter(Console.Out), Interrupt.Token);
            Console.WriteLine($"{directory}: data version {manifest.DataVersion}");
        });
}
