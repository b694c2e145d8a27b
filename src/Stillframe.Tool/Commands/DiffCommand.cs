using System.CommandLine;
using Stillframe.Consoles;
using Stillframe.Inspection;

namespace Stillframe.Tool.Commands;

static class DiffCommand
{
    public static Command Create(ToolConsole console)
    {
        const string What = "a frame (reference, image layout, .tar archive), a dump (oci://HOST/REPOSITORY:TAG, a directory, .sql, .sql.gz; several joined by '+'), or 'master' for that of the environment variable DatabaseMaster";
        var from = new Argument<string>("FROM") { Description = $"What is compared: {What}" };
        var to = new Argument<string>("TO") { Description = "What it is compared with, likewise" };
        var (schema, json) = (ToolCommand.Schema(), ToolCommand.Json());
        return ToolCommand.Create(
            "diff",
            "Says which tables differ between two frames, or a frame and a dump, and what a pull would transfer.",
            console,
            async (result, reporter, cancellationToken) =>
            {
                var first = await ReadAsync(result.GetRequiredValue(from));
                var difference = FrameDifference.Between(first, await ReadAsync(result.GetRequiredValue(to)));
                await console.Output.WriteLineAsync(Answer.Text(difference, result.GetValue(json), one => one.Lines()));
                return ExitCode.Success;

                Task<ComparedData> ReadAsync(string place) => DataSource.ReadAsync(place, result.GetValue(schema), new(), reporter, cancellationToken);
            },
            from, to, schema, json);
    }
}
