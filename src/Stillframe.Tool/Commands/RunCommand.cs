using System.CommandLine;
using System.Globalization;
using System.Net;
using Stillframe.Verification;

namespace Stillframe.Tool.Commands;

static class RunCommand
{
    public static Command Create(ToolConsole console)
    {
        var frame = new FrameOptions();
        var port = new Option<int>("--port") { Description = "TCP port of 127.0.0.1", HelpName = "PORT", DefaultValueFactory = _ => 3306 };
        port.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (!int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > IPEndPoint.MaxPort))
                result.AddError($"'{token.Value}' is no port: it can be 1 to {IPEndPoint.MaxPort}");
        });
        return ToolCommand.Create(
            "run",
            "Serves a frame on this machine until Ctrl+C.",
            console,
            (result, reporter, cancellationToken) =>
            {
                var free = new LocalPort(result.GetValue(port), "--port");
                free.RequireFree(); // before anything is fetched
                return frame.StageAsync(result, reporter, async (stage, contents, reader) =>
                {
                    await FrameRun.RunAsync(stage, contents, reader, free, reporter, cancellationToken);
                    return ExitCode.Success;
                }, cancellationToken);
            },
            frame.Frame, port, frame.Engine, frame.Reader.User, frame.Reader.Password);
    }
}
