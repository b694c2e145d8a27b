using Microsoft.Build.Framework;

namespace Stillframe.MSBuild;

/// <summary>Reads the dumps to their end where they may have changed, and says which data version a frame of them has.</summary>
public sealed class CheckDatabaseDump : DumpTask
{
    /// <summary>Takes the data version, for publishing without a build.</summary>
    [Required]
    public string DataVersionFile { get; set; } = "";

    [Output]
    public string DataVersion { get; private set; } = "";

    [Output]
    public string SchemaVersion { get; private set; } = "";

    protected override async Task ExecuteAsync(IReporter reporter, CancellationToken cancellationToken)
    {
        MaskItems.RequireWritten(ProjectFiles);
        var check = await Checker.CheckAsync(reporter, cancellationToken);
        var parts = Parts(check);
        SchemaVersion = check.Dump.SchemaVersion;
        DataVersion = parts.With(ReaderPassword);
        if (File.Exists(DataVersionFile) && File.Exists(PartsFile) && await File.ReadAllTextAsync(DataVersionFile, cancellationToken) == DataVersion)
            return;
        await Json.WriteAsync(PartsFile, parts, cancellationToken);
        await File.WriteAllTextAsync(DataVersionFile, DataVersion, cancellationToken);
        reporter.Message(Importance.Normal, $"Data version {DataVersion}");
    }
}
