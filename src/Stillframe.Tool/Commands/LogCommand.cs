using System.CommandLine;
using Stillframe.Consoles;
using Stillframe.Inspection;
using Stillframe.Oci;

namespace Stillframe.Tool.Commands;

static class LogCommand
{
    public static Command Create(ToolConsole console)
    {
        var repository = new Argument<string>("REPOSITORY") { Description = "Repository of frames, as HOST/NAME" };
        var json = ToolCommand.Json();
        return ToolCommand.Create(
            "log",
            "Lists the frames of a repository, newest first: data version, time, age, source position, size, tags.",
            console,
            async (result, reporter, cancellationToken) =>
            {
                var log = await FrameLog.ReadAsync(Reference.Parse(result.GetRequiredValue(repository)), new(), reporter, cancellationToken);
                await console.Output.WriteLineAsync(Answer.Text(log, result.GetValue(json), one => one.Lines(DateTimeOffset.UtcNow)));
                return ExitCode.Success;
            },
            repository, json);
    }
}
