using Microsoft.Build.Framework;

namespace Stillframe.MSBuild;

/// <summary>Finds out, before anything is loaded, what would stop the frame's delivery.</summary>
public sealed class CheckDatabaseDestination : DestinationTask
{
    protected override async Task ExecuteAsync(IReporter reporter, CancellationToken cancellationToken)
    {
        var (destination, _) = await Choice.ChooseAsync(reporter, cancellationToken);
        await destination.CheckAsync(ImageTags.Of(Tags), reporter, cancellationToken);
    }
}
