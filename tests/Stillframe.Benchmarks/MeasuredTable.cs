using Stillframe.Benchmarks.Results;
using Stillframe.Benchmarks.Rows;

namespace Stillframe.Benchmarks;

/// <summary>The table of what is promised and measured.</summary>
static class MeasuredTable
{
    public static IReadOnlyList<IRow> Rows { get; } =
    [
        new CleanBuild(), new CleanBuildAgainstMyloader(), new Rebuild(), new RebuildFromRegistry(), new NothingChanged(), new StartToFirstQuery(),
        new BytesWrittenAtStart(), new Sysbench(), new Memory(), new PeakMemory(),
    ];

    /// <summary>Measures rows in the table's order; writes <c>table.md</c>, <c>table.json</c> and <c>table.svg</c>.</summary>
    /// <returns>False when a measurement failed; a target that isn't met, or a program that isn't installed, is no failure.</returns>
    public static async Task<bool> RunAsync(IEnumerable<IRow> rows, Sizes sizes, string? output, CancellationToken cancellationToken)
    {
        var run = RunRecord.Begin(sizes);
        Console.WriteLine(run.Summary);
        await using var bench = new Bench(sizes, cancellationToken);
        await bench.Builds.WarmUpAsync(cancellationToken);
        var (measurements, failed) = (new List<Measurement>(), false);
        foreach (var row in rows)
        {
            Console.WriteLine(row.Name);
            if (await Programs.WhyNotAsync(row.Needs, cancellationToken) is { } reason)
            {
                measurements.AddRange(row.Lines.Select(line => line.NotMeasured(reason)));
                continue;
            }

            try
            {
                measurements.AddRange(await row.MeasureAsync(bench, cancellationToken));
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // the other rows are worth having; an hour may have gone into them
                Console.Error.WriteLine(e);
                failed = true;
                measurements.AddRange(row.Lines.Select(line => line.NotMeasured($"it failed: {e.Message}")));
            }
        }

        var table = MarkdownReport.Write(run, measurements);
        Console.WriteLine();
        Console.WriteLine(table);
        if (output is not null)
        {
            Directory.CreateDirectory(output);
            await File.WriteAllTextAsync(Path.Combine(output, "table.md"), table, cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(output, "table.json"), JsonReport.Write(run, measurements), cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(output, "table.svg"), SvgChart.Write(measurements), cancellationToken);
        }

        return !failed;
    }
}
