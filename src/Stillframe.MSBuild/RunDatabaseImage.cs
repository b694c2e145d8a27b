using Stillframe.Frames;
using Stillframe.Loading;
using Stillframe.Verification;

namespace Stillframe.MSBuild;

/// <summary>Runs the frame on this machine until the build is cancelled.</summary>
public sealed class RunDatabaseImage : FrameTask
{
    /// <summary>TCP port on 127.0.0.1.</summary>
    public int Port { get; set; } = 3306;

    protected override Task ExecuteAsync(
        IFrameStage stage, FrameBuild frame, ReaderAccount reader, IReporter reporter, CancellationToken cancellationToken) =>
        FrameRun.RunAsync(stage, frame.Contents, reader, new(Port, "DatabaseRunPort"), reporter, cancellationToken);
}
