using Stillframe.Frames;
using Stillframe.Loading;

namespace Stillframe.Verification;

/// <summary>Serves a frame on this machine until somebody has enough.</summary>
public static class FrameRun
{
    /// <summary>Ends with <paramref name="cancellationToken"/> alone.</summary>
    /// <exception cref="StillframeException">SF1101: the port is not available. SF4002, SF2006.</exception>
    public static async Task RunAsync(
        IFrameStage stage, FrameContents frame, ReaderAccount reader, LocalPort port, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stage);
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(reporter);
        ArgumentNullException.ThrowIfNull(port);
        port.RequireFree();
        await using var running = await stage.StartAsync(FrameStart.Production with { Port = port.Number }, cancellationToken);
        reporter.Message(Importance.High, HowToConnect(frame, reader, port.Number));
        await running.Exited.WaitAsync(cancellationToken);
        throw new StillframeException(ErrorCodes.ServerDied, "The frame's server ended by itself. Verifying the frame shows whether it is sound.");
    }

    static string HowToConnect(FrameContents frame, ReaderAccount reader, int port)
    {
        var schema = frame.Tables.Count == 0 ? "" : frame.Tables[0].Schema;
        return $"""
            Data version {frame.DataVersion} is served until Ctrl+C. To connect:
              mariadb --protocol=tcp --host=127.0.0.1 --port={port} --user={reader.User}{(reader.Password.Length == 0 ? "" : " --password")} {schema}
              Server=127.0.0.1;Port={port};User ID={reader.User};{(reader.Password.Length == 0 ? "" : "Password=…;")}Database={schema}
            """;
    }
}
