using System.CommandLine;
using Stillframe.Masters;

namespace Stillframe.Tool.Commands;

/// <summary>What a dump may cost its master.</summary>
sealed class DumpLoadOptions
{
    static readonly MasterDumpOptions standard = new();

    readonly Option<int> connections = new("--connections") { Description = "Tables that are read at a time, all in one snapshot", HelpName = "NUMBER", DefaultValueFactory = _ => standard.Connections };
    readonly Option<double> rate = new("--rate") { Description = "Megabytes of rows that are read in a second; 0 for no limit", HelpName = "MB", DefaultValueFactory = _ => standard.Rate };
    readonly Option<int> threads = new("--max-threads-running")
    {
        Description = "Reading pauses while the master runs more threads than these, without the dump's; 0 for never",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => standard.MaxThreadsRunning,
    };
    readonly Option<long> history = new("--max-history")
    {
        Description = "The dump ends with an error when InnoDB's history list is longer than this; 0 for never",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => standard.MaxHistory,
    };
    readonly Option<int> verify = new("--verify-every")
    {
        Description = "Each dump of this number reads every table, and compares those that should be as they were; 0 for none",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => standard.VerifyEvery,
    };
    readonly Option<ChangeSource> changes = new("--changes")
    {
        Description = "What says which tables changed: auto (the binary log where it can, else checksums), checksum, or none, which reads every table",
        HelpName = "auto|checksum|none",
        DefaultValueFactory = _ => standard.Changes,
    };

    public IReadOnlyList<Option> All => [connections, rate, threads, history, verify, changes];

    public MasterDumpOptions Of(ParseResult result) => new()
    {
        Connections = result.GetValue(connections),
        Rate = result.GetValue(rate),
        MaxThreadsRunning = result.GetValue(threads),
        MaxHistory = result.GetValue(history),
        VerifyEvery = result.GetValue(verify),
        Changes = result.GetValue(changes),
    };
}
