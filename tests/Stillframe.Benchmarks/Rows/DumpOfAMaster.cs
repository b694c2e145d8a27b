using System.Diagnostics;
using Stillframe.Benchmarks.Results;
using Stillframe.Benchmarks.Servers;
using Stillframe.Masters;

namespace Stillframe.Benchmarks.Rows;

/// <summary>Twenty equal tables of a master on this machine, all of them and one of them.</summary>
sealed class DumpOfAMaster : IRow
{
    const int Connections = 2;

    static readonly Line Full = new("dump of a master, 20 tables, 2 connections", "mariadb-dump and gzip", "s", new Target.TimesLess(2));
    static readonly Line AgainstMydumper = new("dump of a master, 20 tables, 2 connections", "mydumper, 2 threads", "s", new Target.TimesLess(1));
    static readonly Line Size = new("its size", "mariadb-dump and gzip", "MB", new Target.Share(1.05));
    static readonly Line ByChecksum = new("dump with 1 of 20 tables changed, by checksum", "our dump of all", "s", new Target.TimesLess(3));
    static readonly Line ByLog = new("dump with 1 of 20 tables changed, by the binary log", "our dump of all", "s", new Target.TimesLess(10));

    public string Name => "dump";

    public IReadOnlyList<Line> Lines => [Full, AgainstMydumper, Size, ByChecksum, ByLog];

    public IReadOnlyList<string> Needs => [Programs.Server, Programs.Install, Programs.Client, "mariadb-dump", "mydumper"];

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var data = bench.PathOf("master");
        await using var master = await BenchMaster.StartAsync(data, await bench.TwentyTablesAsync(), [], cancellationToken);
        List<double> ours = [], gzip = [], mydumper = [], checksum = [], log = [];
        var (dump, theirs, files) = (bench.PathOf("master.dump"), bench.PathOf("master.sql.gz"), bench.PathOf("master.files"));
        var all = new MasterDumpOptions { Connections = Connections, Changes = ChangeSource.None };
        var revision = 0;
        for (var round = 0; round < bench.Sizes.Rounds; round++)
        {
            await TimeAsync(ours, () => master.DumpAsync(dump, all, cancellationToken));
            await TimeAsync(gzip, () => master.GzippedAsync(theirs, cancellationToken));
            DirectoryTree.TryDelete(files);
            await TimeAsync(mydumper, () => NativeServer.RunAsync(
                "mydumper", ["--user", "root", "--socket", master.Socket, "--database", BenchMaster.Schema, "--threads", $"{Connections}", "--compress", "--outputdir", files], cancellationToken));
            foreach (var (times, source) in new[] { (checksum, ChangeSource.Checksum), (log, ChangeSource.Auto) })
            {
                await master.ExecuteAsync($"UPDATE {BenchMaster.Schema}.measurement_10 SET value = {++revision} WHERE id = 1", cancellationToken);
                await TimeAsync(times, () => master.DumpAsync(dump, all with { Changes = source, VerifyEvery = 0 }, cancellationToken));
            }

            Bench.Say($"all {ours[^1]:N1} s, mariadb-dump and gzip {gzip[^1]:N1} s, mydumper {mydumper[^1]:N1} s; one changed, by checksum {checksum[^1]:N2} s, by the log {log[^1]:N2} s");
        }

        var (size, theirSize, filesSize) = (SizeOf(dump), new FileInfo(theirs).Length / 1e6, SizeOf(files));
        DirectoryTree.TryDelete(data);
        var note = FormattableString.Invariant($"medians of {bench.Sizes.Rounds} rounds in turn; server, dump and compression share this machine");
        return
        [
            Full.Measured(Quantity.Median(ours), Quantity.Median(gzip), note),
            AgainstMydumper.Measured(Quantity.Median(ours), Quantity.Median(mydumper), FormattableString.Invariant($"with --compress, {filesSize:0} MB")),
            Size.Measured(size, theirSize),
            ByChecksum.Measured(Quantity.Median(checksum), Quantity.Median(ours)),
            ByLog.Measured(Quantity.Median(log), Quantity.Median(ours)),
        ];
    }

    static async Task TimeAsync(List<double> times, Func<Task> work)
    {
        var clock = Stopwatch.StartNew();
        await work();
        times.Add(clock.Elapsed.TotalSeconds);
    }

    /// <summary>Megabytes.</summary>
    static double SizeOf(string directory) => Directory.EnumerateFiles(directory).Sum(path => new FileInfo(path).Length) / 1e6;
}
