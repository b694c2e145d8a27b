using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Stillframe.Benchmarks.Frames;
using Stillframe.Dumps;

namespace Stillframe.Benchmarks.Others;

/// <summary>How fast dumps are read: <c>read [MB]</c>, or <c>read FILE…</c>.</summary>
static class ReadBenchmark
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments.Length > 0 && File.Exists(arguments[0]))
        {
            Measure(arguments);
            return 0;
        }

        var megabytes = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 300;
        using var directory = TemporaryDirectory.Create();
        var file = Path.Combine(directory.Path, "bench.sql");
        await GeneratedDump.WriteAsync(file, megabytes * 1_000_000L);
        Measure([file]);

        var packed = file + ".gz";
        await using (var source = File.OpenRead(file))
        await using (var target = new GZipStream(File.Create(packed), CompressionLevel.Fastest))
            await source.CopyToAsync(target);
        var bytes = new FileInfo(file).Length;
        Console.WriteLine("the same, as gzip (MB of text)");
        Report("reader", bytes, () => _ = DumpReader.Read([packed], new(), SilentReporter.Instance, default).Count());
        Report("reader and fingerprints", bytes, () => DumpInspector.Inspect([packed], new(), SilentReporter.Instance, default));
        File.Delete(packed);

        var single = Path.Combine(directory.Path, "single.sql");
        await GeneratedDump.WriteAsync(single, megabytes * 1_000_000L, statementBytes: 1);
        Console.WriteLine("one row per statement");
        Measure([single], rounds: 1);
        return 0;
    }

    static void Measure(string[] files, int rounds = 3)
    {
        var options = new DumpOptions();
        var bytes = files.Sum(file => new FileInfo(file).Length);
        Console.WriteLine($"{bytes / 1e6:N0} MB");
        for (var round = 0; round < rounds; round++)
        {
            var statements = 0;
            Report("reader", bytes, () => statements = DumpReader.Read(files, options, SilentReporter.Instance, default).Count());
            Report("reader and rows", bytes, () => CountRows(files, options));
            DumpSummary? summary = null;
            Report("reader and fingerprints", bytes, () => summary = DumpInspector.Inspect(files, options, SilentReporter.Instance, default));
            if (round == rounds - 1)
                Console.WriteLine($"{statements:N0} statements, {summary!.Tables.Count} tables, {summary.Tables.Sum(table => table.Rows):N0} rows, data version {summary.DataVersion}");
        }

        Console.WriteLine($"peak memory {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:N0} MB");
    }

    static void CountRows(string[] files, DumpOptions options)
    {
        foreach (var statement in DumpReader.Read(files, options, SilentReporter.Instance, default))
        {
            if (statement.Kind != StatementKind.Rows)
                continue;
            var tuples = RowsStatement.Parse(statement.Text.Span, statement.Modes).Tuples;
            while (tuples.MoveNext())
            {
            }
        }
    }

    static void Report(string what, long bytes, Action action)
    {
        var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        action();
        var wall = watch.Elapsed.TotalSeconds;
        process.Refresh();
        var cpu = (process.TotalProcessorTime - before).TotalSeconds;
        Console.WriteLine($"{what,-24} {bytes / 1e6 / wall,8:N0} MB/s   {bytes / 1e6 / cpu,8:N0} MB per second of one core");
    }
}
