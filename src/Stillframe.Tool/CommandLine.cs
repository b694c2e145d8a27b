using System.CommandLine;
using System.CommandLine.Help;
using Stillframe.Tool.Commands;

namespace Stillframe.Tool;

/// <summary>The tool, from its arguments to its exit code.</summary>
static class CommandLine
{
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, ToolConsole console)
    {
        var result = Root(console).Parse(arguments);
        if (result.Errors.Count > 0)
        {
            var wrong = result.UnmatchedTokens is [var unknown, ..] ? $"'{unknown}' is nothing that it takes" : result.Errors[0].Message.TrimEnd('.');
            await console.Errors.WriteLineAsync($"error: {wrong}. '{Path(result.CommandResult)} --help' says what can be given.");
            return ExitCode.Usage;
        }

        return await result.InvokeAsync(new()
        {
            Output = console.Output,
            Error = console.Errors,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null, // commands see to signals themselves: containers and directories take their time to go
        });
    }

    static Command Root(ToolConsole console)
    {
        // a RootCommand is called like its assembly, which is not what people type
        var root = new Command(Product.Name, "Looks into frames (read-only database images, made by Stillframe.MSBuild) and into the dumps they are made from.");
        root.Options.Add(new HelpOption());
        root.Options.Add(new VersionOption());
        root.Subcommands.Add(DiffCommand.Create(console));
        root.Subcommands.Add(LogCommand.Create(console));
        root.Subcommands.Add(VerifyCommand.Create(console));
        root.Subcommands.Add(RunCommand.Create(console));
        root.Subcommands.Add(CheckCommand.Create(console));
        root.Subcommands.Add(DumpCommand.Create(console));
        root.Subcommands.Add(BackupCommands.Backup(console));
        root.Subcommands.Add(BackupCommands.Backups(console));
        root.Subcommands.Add(BackupCommands.Restore(console));
        root.Subcommands.Add(BackupCommands.Verify(console));
        root.Subcommands.Add(PruneCommand.Create(console));
        root.Subcommands.Add(RolloutCommands.CreateRollout(console));
        root.Subcommands.Add(RolloutCommands.CreateRollback(console));
        root.Subcommands.Add(RolloutCommands.CreateStatus(console));
        return root;
    }

    static string Path(System.CommandLine.Parsing.CommandResult command) => command.Parent is null ? Product.Name : $"{Product.Name} {command.Command.Name}";
}
