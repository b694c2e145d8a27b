using System.CommandLine;
using Stillframe.Masters;

namespace Stillframe.Tool.Commands;

static class DumpCommand
{
    public static Command Create(ToolConsole console)
    {
        var directory = new Argument<string>("DIRECTORY") { Description = "Where the dump is to be; tables that are as they were in the dump that is there are not read again" };
        var load = new DumpLoadOptions();
        return ToolCommand.Create(
            "dump",
            $"Dumps a master into a directory that a build takes as <DatabaseDump Include=\"DIRECTORY\" />, in one snapshot and without a lock. The environment variable {MasterDump.Variable} has the "
            + "connection string, such as 'Server=127.0.0.1;Port=3306;User ID=dumper;Password=…;Database=shop'.",
            console,
            async (result, reporter, cancellationToken) =>
            {
                var manifest = await MasterDump.WriteAsync(
                    Environment.GetEnvironmentVariable(MasterDump.Variable), result.GetRequiredValue(directory), load.Of(result), reporter, cancellationToken);
                await console.Output.WriteLineAsync(manifest.DataVersion);
                return ExitCode.Success;
            },
            [directory, .. load.All]);
    }
}
