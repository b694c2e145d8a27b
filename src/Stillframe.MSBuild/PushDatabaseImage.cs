using System.Globalization;
using Microsoft.Build.Framework;
using Stillframe.Frames;
using Stillframe.Images;
using TaskItem = Microsoft.Build.Utilities.TaskItem;

namespace Stillframe.MSBuild;

/// <summary>Delivers the frame, and says where it went.</summary>
public sealed class PushDatabaseImage : DestinationTask
{
    /// <summary>What <see cref="BuildDatabaseImage"/> wrote.</summary>
    [Required]
    public string BuildFile { get; set; } = "";

    /// <summary>Backups in registries that the frame was made from, by digest.</summary>
    public string[] DumpReferences { get; set; } = [];

    /// <summary><c>database-image.json</c>.</summary>
    [Required]
    public string ReportFile { get; set; } = "";

    /// <summary>Takes the files written, one a line, for <c>dotnet clean</c>.</summary>
    [Required]
    public string OutputList { get; set; } = "";

    /// <summary>Delivers the scratch image, too.</summary>
    public bool Scratch { get; set; }

    [Output]
    public ITaskItem[] Image { get; private set; } = [];

    protected override async Task ExecuteAsync(IReporter reporter, CancellationToken cancellationToken)
    {
        var build = await Json.ReadAsync<FrameBuild>(BuildFile, cancellationToken);
        var tags = ImageTags.Of(Tags, build.DataVersion);
        var (destination, file) = await Choice.ChooseAsync(SilentReporter.Instance, cancellationToken); // the check before the build has reported everything
        if (file is not null)
            await OutputFiles.AddAsync(OutputList, file, cancellationToken);
        var image = await ImageLayout.ReadAsync(build.LayoutDirectory, cancellationToken: cancellationToken);
        if (RefreshState.Of(BuildEngine, ProjectFile) is { } refresh)
            await refresh.RequireAsync(reporter, cancellationToken);
        var delivery = await destination.DeliverAsync(image, tags, reporter, cancellationToken);

        if (Scratch)
            await DeliverScratchAsync(image, tags, reporter, cancellationToken);

        var report = ImageReport.Of(build, Repository, tags, file is null ? delivery.Reference : Path.GetFileName(file)) with { DumpReferences = DumpReferences.Length > 0 ? DumpReferences : null };
        await OutputFiles.AddAsync(OutputList, ReportFile, cancellationToken);
        await Json.WriteAsync(ReportFile, report, cancellationToken);
        Image = [Item(report, delivery.Reference, (await image.ReadConfigAsync(cancellationToken)).HasHealthCheck)];
        reporter.Message(Importance.High, $"{Repository}: data version {report.DataVersion[..12]}, {report.Digest}, tags {string.Join(' ', tags)}");
    }

    /// <summary>After the frame, whose layers are there then.</summary>
    async Task DeliverScratchAsync(OciImage frame, IEnumerable<string> tags, IReporter reporter, CancellationToken cancellationToken)
    {
        var (destination, file) = await Choice.ChooseAsync(SilentReporter.Instance, cancellationToken, scratch: true);
        if (file is not null)
            await OutputFiles.AddAsync(OutputList, file, cancellationToken);
        await destination.DeliverAsync(await ScratchImage.OfAsync(frame, cancellationToken), ImageTags.Of(tags.Select(tag => tag + ScratchImage.TagSuffix)), reporter, cancellationToken);
    }

    static TaskItem Item(ImageReport report, string reference, bool hasHealthCheck) => new(reference, new Dictionary<string, string>
    {
        ["Reference"] = reference,
        ["Digest"] = report.Digest,
        ["DataVersion"] = report.DataVersion,
        ["Size"] = report.Size.ToString(CultureInfo.InvariantCulture),
        ["Pin"] = report.Pin,
        ["HasHealthCheck"] = hasHealthCheck ? "true" : "false",
    });
}
