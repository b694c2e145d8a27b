using Microsoft.Build.Framework;
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
        var report = await FrameVerifier.VerifyAsync(stage, frame, reader, reporter, cancellationToken);
        await Json.WriteAsync(ReportFile, report, cancellationToken);
        await OutputFiles.AddAsync(OutputList, ReportFile, cancellationToken);
        reporter.Message(Importance.High, string.Join(Environment.NewLine, report.Lines()));
        if (!report.Passed)
        {
            var failed = string.Join(", ", report.Checks.Where(check => !check.Passed).Select(check => $"{check.Name} ({check.Detail})"));
            throw new StillframeException(ErrorCodes.VerificationFailed, $"The frame does not keep what it promises: {failed}. All checks are in '{ReportFile}'.");
        }
    }
}
