using System.CommandLine;
using Stillframe.Consoles;
using Stillframe.Verification;

namespace Stillframe.Tool.Commands;

static class VerifyCommand
{
    public static Command Create(ToolConsole console)
    {
        var (frame, json) = (new FrameOptions(), ToolCommand.Json());
        return ToolCommand.Create(
            "verify",
            "Starts a frame as production will, and proves that it is complete and can't be written.",
            console,
            (result, reporter, cancellationToken) => frame.StageAsync(result, reporter, async (stage, contents, reader) =>
            {
                var report = await FrameVerifier.VerifyAsync(stage, contents, reader, reporter, cancellationToken);
                await console.Output.WriteLineAsync(Answer.Text(report, result.GetValue(json), one => one.Lines()));
                if (report.Failure("All checks are in the answer.") is not { } failure)
                    return ExitCode.Success;
                console.Fail(failure);
                return ExitCode.Failure;
            }, cancellationToken),
            frame.Frame, frame.Engine, frame.Reader.User, frame.Reader.Password, json);
    }
}
