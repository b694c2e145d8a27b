using Stillframe.EndToEnd.Backups;
using Stillframe.EndToEnd.Engines;
using Stillframe.EndToEnd.Linking;
using Stillframe.EndToEnd.Masters;
using Stillframe.EndToEnd.Oracle;
using Stillframe.EndToEnd.Testing;

return args[0] switch
{
    BackupChild.Name => await BackupChild.RunAsync(args[1..]),
    LinkChild.Name => await LinkChild.RunAsync(args[1..]),
    DumpChild.Name => await DumpChild.RunAsync(args[1..]),
    OracleCommand.Name => await OracleCommand.RunAsync(args[1..]),
    TestHostChild.Name => await TestHostChild.RunAsync(args[1..]),
    _ => await EngineChild.RunAsync(args),
};
