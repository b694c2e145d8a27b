using System.CommandLine;
using Stillframe.Consoles;
using Stillframe.Dumps;
using Stillframe.Inspection;

namespace Stillframe.Tool.Commands;

static class CheckCommand
{
    public static Command Create(ToolConsole console)
    {
        var dumps = new Argument<string[]>("DUMP") { Description = "Dump files (.sql, .sql.gz), dump directories and backups (oci://HOST/REPOSITORY:TAG), in the order in which they are loaded into one frame", Arity = ArgumentArity.OneOrMore };
        var skip = new Option<bool>("--skip-refused") { Description = "Leave out, with a warning, what does not belong in a frame (DatabaseDumpRefusedStatements=skip)" };
        var allow = new Option<string[]>("--allow") { Description = "Kind of statements that is run with a warning although no dump needs it (DatabaseDumpAllowedStatements), such as CALL; may be given again", HelpName = "KIND" };
        var server = new Option<ServerKind>("--server") { Description = "Which server the dump is for, mariadb (default) or mysql: each runs other version comments (DatabaseServer)", HelpName = "mariadb|mysql" };
        var (schema, json, reader) = (ToolCommand.Schema(), ToolCommand.Json(), new ReaderOptions());
        return ToolCommand.Create(
            "check",
            "Says what a build would say of dumps: tables, rows, sizes, data version, where they come from, how they can be loaded, or what is wrong and in which line.",
            console,
            async (result, reporter, cancellationToken) =>
            {
                var options = new DumpOptions
                {
                    DefaultSchema = result.GetValue(schema),
                    Server = result.GetValue(server),
                    RefusedStatements = result.GetValue(skip) ? RefusedStatements.Skip : RefusedStatements.Error,
                    AllowedStatements = result.GetValue(allow) ?? [],
                };
                var files = await DumpFiles.FetchAsync(result.GetRequiredValue(dumps), reporter, cancellationToken);
                var report = await Task.Run(
                    () => DumpReport.Read(files, options, reader.Read(result), reporter, cancellationToken), cancellationToken);
                await console.Output.WriteLineAsync(Answer.Text(report, result.GetValue(json), one => one.Lines()));
                return ExitCode.Success;
            },
            dumps, schema, server, skip, allow, reader.User, reader.Password, json);
    }
}
