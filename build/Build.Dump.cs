using Nuke.Common;
using Nuke.Common.IO;
using Stillframe.Consoles;
using Stillframe.Masters;

partial class Build
{
    [Parameter("Directory that Dump writes and Backup sends; artifacts/master.dump")]
    readonly string? DumpDirectory;

    Target Dump => _ => _
        .Description("Dumps the master of the environment variable DatabaseMaster into a directory that DatabaseDump takes, in one snapshot, without a lock; tables that are as they were in the dump that is there are not read again")
        .Executes(async () =>
        {
            var directory = DumpDirectory ?? Artifacts / "master.dump";
            var manifest = await MasterDump.WriteAsync(System.Environment.GetEnvironmentVariable(MasterDump.Variable), directory, new ConsoleReporter(Console.Out), Interrupt.Token);
            Console.WriteLine($"{directory}: data version {manifest.DataVersion}");
        });
}
