using System.CommandLine;
using Stillframe.Backups;
using Stillframe.Consoles;
using Stillframe.Engines;
using Stillframe.Oci;

namespace Stillframe.Tool.Commands;

/// <summary>Dumps to a registry, and back.</summary>
static class BackupCommands
{
    public static Command Backup(ToolConsole console)
    {
        var directory = new Argument<string>("DIRECTORY") { Description = "A dump directory, as 'stillframe dump' makes it" };
        var repository = Repository();
        var recipient = new Option<string[]>("--recipient")
        {
            Description = "Encrypt to a public key of age (age1…), or to the OpenPGP key of a fingerprint or address; can be given several times",
            HelpName = "KEY",
            DefaultValueFactory = _ => [],
        };
        return ToolCommand.Create(
            "backup",
            "Sends a dump directory to a registry, as an artifact with one layer a file; files that are there already are not sent again.",
            console,
            async (result, reporter, cancellationToken) =>
            {
                var options = new BackupOptions { Recipients = string.Join(';', result.GetValue(recipient) ?? []) };
                var delivery = await DumpBackup.PushAsync(result.GetRequiredValue(directory), Reference.Parse(result.GetRequiredValue(repository)), options, reporter, cancellationToken);
                await console.Output.WriteLineAsync(delivery.Reference);
                return ExitCode.Success;
            },
            directory, repository, recipient);
    }

    public static Command Backups(ToolConsole console)
    {
        var (repository, json) = (Repository(), ToolCommand.Json());
        return ToolCommand.Create(
            "backups",
            "Lists the backups of a repository, newest first: tags, time, age, size, tables, data version, position in the master's log, and when it was restored on trial.",
            console,
            async (result, reporter, cancellationToken) =>
            {
                var list = await BackupList.ReadAsync(Reference.Parse(result.GetRequiredValue(repository)), new(), reporter, cancellationToken);
                await console.Output.WriteLineAsync(Answer.Text(list, result.GetValue(json), one => one.Lines(DateTimeOffset.UtcNow)));
                return ExitCode.Success;
            },
            repository, json);
    }

    public static Command Restore(ToolConsole console)
    {
        var source = new Argument<string>("SOURCE") { Description = "A backup (oci://HOST/REPOSITORY:TAG), a dump directory or a dump file (.sql, .sql.gz)" };
        var (connections, json) = (Connections(), ToolCommand.Json());
        return ToolCommand.Create(
            "restore",
            $"Restores a backup or a dump into a server where its schemas are empty or not there, several tables at once, and compares checksums. The environment variable {DumpRestore.Variable} has the "
            + "connection string, such as 'Server=127.0.0.1;Port=3306;User ID=root;Password=…'.",
            console,
            async (result, reporter, cancellationToken) =>
            {
                var report = await DumpRestore.RunAsync(
                    Environment.GetEnvironmentVariable(DumpRestore.Variable), result.GetRequiredValue(source), new(UserCache.Directory, result.GetValue(connections)), reporter, cancellationToken);
                await console.Output.WriteLineAsync(Answer.Text(report, result.GetValue(json), one => one.Lines()));
                return ExitCode.Success;
            },
            source, connections, json);
    }

    public static Command Verify(ToolConsole console)
    {
        var backup = new Argument<string>("BACKUP") { Description = "Reference, as HOST/REPOSITORY:TAG" };
        var (engine, connections, json) = (FrameOptions.EngineOption("Where the throw-away server runs: auto, docker, podman, local or embedded"), Connections(), ToolCommand.Json());
        return ToolCommand.Create(
            "verify-backup",
            "Restores a backup into a throw-away server, compares checksums, and records beside the backup that it did.",
            console,
            async (result, reporter, cancellationToken) =>
            {
                var report = await BackupVerifier.VerifyAsync(
                    result.GetRequiredValue(backup), new(result.GetValue(engine), null, null, UserCache.Directory), result.GetValue(connections), reporter, cancellationToken);
                await console.Output.WriteLineAsync(Answer.Text(report, result.GetValue(json), one => one.Lines()));
                return ExitCode.Success;
            },
            backup, engine, connections, json);
    }

    static Argument<string> Repository() => new("REPOSITORY") { Description = "Repository of backups alone, as HOST/NAME-dump" };

    static Option<int> Connections()
    {
        var option = new Option<int>("--connections") { Description = "To the server, at once", HelpName = "NUMBER", DefaultValueFactory = _ => RestoreOptions.UsualConnections };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (!int.TryParse(token.Value, System.Globalization.NumberStyles.None, null, out var number) || number is < 1 or > 64))
                result.AddError($"'{token.Value}' is no number of connections: it can be 1 to 64");
        });
        return option;
    }
}
