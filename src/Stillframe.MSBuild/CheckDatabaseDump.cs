using Microsoft.Build.Framework;
using Stillframe.Dumps;

namespace Stillframe.MSBuild;

/// <summary>Reads the dumps to their end, and writes down what they hold.</summary>
public sealed class CheckDatabaseDump : DatabaseTask
{
    [Required]
    public string[] Dumps { get; set; } = [];

    /// <summary>Schema for dumps that name none.</summary>
    public string Schema { get; set; } = "";

    /// <summary><c>error</c> or <c>skip</c>.</summary>
    public string RefusedStatements { get; set; } = "";

    /// <summary>Takes the summary, as JSON.</summary>
    [Required]
    public string ReportFile { get; set; } = "";

    /// <summary>Takes the data version, and with it the time of this check: written last, and only if it succeeds.</summary>
    [Required]
    public string DataVersionFile { get; set; } = "";

    protected override async Task ExecuteAsync(IReporter reporter, CancellationToken cancellationToken)
    {
        var options = new DumpOptions { DefaultSchema = Setting.Optional(Schema), RefusedStatements = Setting.RefusedStatements(RefusedStatements) };
        var summary = DumpInspector.Inspect(Dumps, options, reporter, cancellationToken);
        await Json.WriteAsync(ReportFile, summary, cancellationToken);
        await File.WriteAllTextAsync(DataVersionFile, summary.DataVersion + "\n", cancellationToken);
        reporter.Message(Importance.Normal, $"{summary.Tables.Count} tables, {summary.Tables.Sum(table => table.Rows)} rows, data version {summary.DataVersion}");
    }
}
