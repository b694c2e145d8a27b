using Microsoft.Build.Framework;
using TaskItem = Microsoft.Build.Utilities.TaskItem;

namespace Stillframe.MSBuild;

/// <summary>Delivers the frame, and says where it went.</summary>
public sealed class PushDatabaseImage : DatabaseTask
{
    /// <summary>What <see cref="BuildDatabaseImage"/> wrote.</summary>
    [Required]
    public string BuildFile { get; set; } = "";

    public string Registry { get; set; } = "";

    [Required]
    public string Repository { get; set; } = "";

    public string[] Tags { get; set; } = [];

    /// <summary>A file or a directory; takes precedence over a registry.</summary>
    public string ArchiveOutputPath { get; set; } = "";

    /// <summary>Where the service's archive goes.</summary>
    public string ServiceArchive { get; set; } = "";

    /// <summary>The container engine that the service goes to (<c>LocalRegistry</c>: Docker or Podman); empty takes the first that answers.</summary>
    public string LocalEngine { get; set; } = "";

    /// <summary>Takes an archive where there is no registry and no container engine.</summary>
    [Required]
    public string FallbackDirectory { get; set; } = "";

    /// <summary><c>database-image.json</c>.</summary>
    [Required]
    public string ReportFile { get; set; } = "";

    /// <summary>Takes the files written, one a line, for <c>dotnet clean</c>.</summary>
    [Required]
    public string OutputList { get; set; } = "";

    [Output]
    public ITaskItem[] Image { get; private set; } = [];

    protected override async Task ExecuteAsync(IReporter reporter, CancellationToken cancellationToken)
    {
        var build = await Json.ReadAsync<FrameBuild>(BuildFile, cancellationToken);
        var tags = ImageTags.Of(Tags, build.DataVersion);
        reporter.Message(Importance.High, $"STUB push {Registry} {Repository} {string.Join(' ', tags)} {ArchiveOutputPath} {ServiceArchive} {LocalEngine} {FallbackDirectory}");
        var report = new ImageReport("stub", Repository, tags, build.Digest, build.DataVersion, build.Size, build.Server, build.BaseImage, build.Tables);
        await Json.WriteAsync(ReportFile, report, cancellationToken);
        await File.WriteAllLinesAsync(OutputList, [ReportFile], cancellationToken);
        Image = [Item(report)];
    }

    static TaskItem Item(ImageReport report) => new(report.Reference, new Dictionary<string, string>
    {
        ["Reference"] = report.Reference,
        ["Digest"] = report.Digest,
        ["DataVersion"] = report.DataVersion,
        ["Size"] = report.Size.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["Pin"] = report.Pin,
    });
}
