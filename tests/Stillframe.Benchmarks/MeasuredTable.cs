using Stillframe.Benchmarks.Results;
using Stillframe.Benchmarks.Rows;

namespace Stillframe.Benchmarks;

/// <summary>The table of what is promised and measured.</summary>
static class MeasuredTable
{
    public static IReadOnlyList<IRow> Rows { get; } =
    [
        new CleanBuild(), new WrittenBuild(), new WrittenPages(), new CleanBuildAgainstMyloader(), new MaskedBuild(), new Rebuild(), new RebuildFromRegistry(), new NothingChanged(), new StartToFirstQuery(), new ScratchCopy(),
        new BytesWrittenAtStart(), Sysbench.InMemory, Sysbench.AsTheyCome, new Analysis(), new Memory(), new Replicas(), new PeakMemory(), new PeakMemoryOfSorting(), new DumpOfAMaster(), new MasterUnderDump(), new RefreshFromAMaster(), new RoutedOpens(), new MySqlFrames(),
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
            try
            {
                measurements.AddRange(await Programs.WhyNotAsync(row.Needs, cancellationToken) is { } reason
                    ? row.Lines.Select(line => line.NotMeasured(reason))
                    : await row.MeasureAsync(bench, cancellationToken));
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // the other rows are worth having; an hour may have gone into them
                Console.Error.WriteLine(e);
                failed = true;
                measurements.AddRange(row.Lines.Select(line => line.NotMeasured($"it failed: {e.Message}")));
            }

            if (output is not null)
                await WriteAsync(run, measurements, output, cancellationToken);
        }

        Console.WriteLine();
        Console.WriteLine(MarkdownReport.Write(run, measurements));
        return !failed;
    }

    /// <summary>After each row, so that a run that is interrupted leaves what it had measured.</summary>
    static async Task WriteAsync(RunRecord run, IReadOnlyList<Measurement> measurements, string directory, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        Task Write(string name, string text) => File.WriteAllTextAsync(Path.Combine(directory, name), text, cancellationToken);
        await Write("table.md", MarkdownReport.Write(run, measurements));
        await Write("table.json", JsonReport.Write(run, measurements));
        await Write("table.svg", SvgChart.Write(measurements));
    }
}
