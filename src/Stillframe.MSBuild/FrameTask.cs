using Microsoft.Build.Framework;
using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Loading;
using Stillframe.Verification;

namespace Stillframe.MSBuild;

/// <summary>A task that starts the frame that <see cref="BuildDatabaseImage"/> made.</summary>
public abstract class FrameTask : DatabaseTask
{
    [Required]
    public string BuildFile { get; set; } = "";

    public string ReaderUser { get; set; } = "";

    public string ReaderPassword { get; set; } = "";

    public bool AllowEmptyPassword { get; set; }

    protected sealed override async Task ExecuteAsync(IReporter reporter, CancellationToken cancellationToken)
    {
        var frame = await Json.ReadAsync<FrameBuild>(BuildFile, cancellationToken);
        var image = await ImageLayout.ReadAsync(frame.LayoutDirectory, cancellationToken: cancellationToken);
        await using var stage = await FrameStages.CreateAsync(image, frame.Engine, null, reporter, cancellationToken);
        await ExecuteAsync(stage, frame, Setting.Reader(ReaderUser, ReaderPassword, AllowEmptyPassword), reporter, cancellationToken);
    }

    protected abstract Task ExecuteAsync(
        IFrameStage stage, FrameBuild frame, ReaderAccount reader, IReporter reporter, CancellationToken cancellationToken);
}
