using System.Net.Sockets;
using Stillframe.Verification;

namespace Stillframe.MSBuild;

/// <summary>Runs the frame on this machine until the build is cancelled.</summary>
public sealed class RunDatabaseImage : FrameTask
{
    /// <summary>TCP port on 127.0.0.1.</summary>
    public int Port { get; set; } = 3306;

    protected override async Task ExecuteAsync(
        IFrameStage stage, FrameBuild frame, ReaderAccount reader, IReporter reporter, CancellationToken cancellationToken)
    {
        RequireFree(Port);
        await using var running = await stage.StartAsync(FrameStart.Production with { Port = Port }, cancellationToken);
        reporter.Message(Importance.High, HowToConnect(frame, reader, Port));
        await running.Exited.WaitAsync(cancellationToken);
        throw new StillframeException(ErrorCodes.ServerDied, "The frame's server ended by itself. VerifyDatabaseImage shows whether the frame is sound.");
    }

    internal static string HowToConnect(FrameBuild frame, ReaderAccount reader, int port)
    {
        var schema = frame.Tables.Count == 0 ? "" : frame.Tables[0].Schema;
        return $"""
            Data version {frame.DataVersion} is served until Ctrl+C. To connect:
              mariadb --protocol=tcp --host=127.0.0.1 --port={port} --user={reader.User}{(reader.Password.Length == 0 ? "" : " --password")} {schema}
              Server=127.0.0.1;Port={port};User ID={reader.User};{(reader.Password.Length == 0 ? "" : "Password=…;")}Database={schema}
            """;
    }

    // asked before the server is: its own words come after half a minute and name no property
    static void RequireFree(int port)
    {
        try
        {
            using var listener = new TcpListener(System.Net.IPAddress.Loopback, port);
            listener.Start();
        }
        catch (Exception e) when (e is SocketException or ArgumentOutOfRangeException)
        {
            throw new StillframeException(ErrorCodes.OptionInvalid, $"Port {port} of 127.0.0.1 can't be had: {e.Message.TrimEnd('.')}. Choose another with DatabaseRunPort.", innerException: e);
        }
    }
}
