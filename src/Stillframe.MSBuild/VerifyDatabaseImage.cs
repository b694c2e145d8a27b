using Microsoft.Build.Framework;
using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Loading;
using Stillframe.Verification;

namespace Stillframe.MSBuild;

/// <summary>Proves what the frame promises; prints a table of it.</summary>
public sealed class VerifyDatabaseImage : FrameTask
{
    /// <summary>Takes the <see cref="VerificationReport"/>, as JSON.</summary>
    [Required]
    public string ReportFile { get; set; } = "";

    /// <summary>Takes the files written, one a line, for <c>dotnet clean</c>.</summary>
    [Required]
    public string OutputList { get; set; } = "";

    protected override async Task ExecuteAsync(
        IFrameStage stage, FrameBuild frame, ReaderAccount reader, IReporter reporter, CancellationToken cancellationToken)
    {
        var report = await FrameVerifier.VerifyAsync(stage, frame.Contents, reader, reporter, cancellationToken);
        var image = await ImageLayout.ReadAsync(frame.LayoutDirectory, cancellationToken: cancellationToken);
        report = report with { Checks = [.. report.Checks, .. await PlatformVerifier.VerifyAsync(image, frame, reader, reporter, cancellationToken)] };
        await Json.WriteAsync(ReportFile, report, cancellationToken);
        await OutputFiles.AddAsync(OutputList, ReportFile, cancellationToken);
        reporter.Message(Importance.High, string.Join(Environment.NewLine, report.Lines()));
        if (report.Failure($"All checks are in '{ReportFile}'.") is { } failure)
            throw failure;
    }
}
