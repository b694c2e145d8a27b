using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Stillframe.Benchmarks.Results;
using Stillframe.Benchmarks.Servers;
using Stillframe.Connections;
using Stillframe.Masters;

namespace Stillframe.Benchmarks.Rows;

/// <summary>What two clients of a master still get done while it is dumped again and again.</summary>
sealed partial class MasterUnderDump : IRow
{
    const int Tables = 4, Threads = 2;

    static readonly Line Throughput = new("sysbench oltp_read_write, 2 clients, while the master is dumped", "while mariadb-dump --single-transaction dumps it", "/s", new Target.TimesMore(1));
    static readonly Line Commit = new("worst commit while the master is dumped", null, "ms", new Target.Under(50));

    public string Name => "dumped";

    public IReadOnlyList<Line> Lines => [Throughput, Commit];

    public IReadOnlyList<string> Needs => [Programs.Server, Programs.Install, Programs.Client, "mariadb-dump", "sysbench"];

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var data = bench.PathOf("loaded");
        await using var master = await BenchMaster.StartAsync(data, null, [], cancellationToken);
        await NativeServer.RunAsync("sysbench", [.. Arguments(master, bench.Sizes), "prepare"], cancellationToken);
        await master.ExecuteAsync($"CREATE TABLE {BenchMaster.Schema}.probe ENGINE=InnoDB AS SELECT 1 id, 0 v", cancellationToken);
        List<double> ours = [], theirs = [], alone = [], worst = [], theirWorst = [];
        for (var round = -1; round < bench.Sizes.Rounds; round++) // the first fills the buffer pool
        {
            var none = await RunAsync(master, bench.Sizes, token => Task.Delay(Timeout.Infinite, token), cancellationToken);
            var a = await RunAsync(master, bench.Sizes, token => master.DumpAsync(bench.PathOf("loaded.dump"), new() { Changes = ChangeSource.None }, token), cancellationToken);
            var b = await RunAsync(master, bench.Sizes, token => NativeServer.ShellAsync(
                $"exec mariadb-dump --no-defaults -uroot -S '{master.Socket}' --single-transaction {BenchMaster.Schema} > '{bench.PathOf("loaded.sql")}'", token), cancellationToken);
            Bench.Say($"undisturbed {none.Rate:N0}/s, worst commit {none.Worst:N1} ms; our dump {a.Rate:N0}/s, {a.Worst:N1} ms; mariadb-dump {b.Rate:N0}/s, {b.Worst:N1} ms");
            if (round < 0)
                continue;
            (alone, ours, theirs, worst, theirWorst) = ([.. alone, none.Rate], [.. ours, a.Rate], [.. theirs, b.Rate], [.. worst, a.Worst], [.. theirWorst, b.Worst]);
        }

        DirectoryTree.TryDelete(data);
        return
        [
            Throughput.Measured(Quantity.Median(ours), Quantity.Median(theirs), FormattableString.Invariant($"transactions a second, one dump after the other; undisturbed {Quantity.Median(alone):0}")),
            Commit.Measured(worst.Max(), null, FormattableString.Invariant($"of a client that commits all the time; while mariadb-dump dumps, {theirWorst.Max():0.0} ms")),
        ];
    }

    /// <returns>Transactions a second of sysbench, and the longest commit of another client in milliseconds.</returns>
    static async Task<(double Rate, double Worst)> RunAsync(BenchMaster master, Sizes sizes, Func<CancellationToken, Task> dump, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var dumping = UntilAsync(dump, stop.Token);
        var committing = CommitAsync(master, stop.Token);
        var said = await NativeServer.RunAsync("sysbench", [.. Arguments(master, sizes), "run"], cancellationToken);
        await stop.CancelAsync();
        await dumping;
        return (double.Parse(Transactions().Match(said).Groups[1].ValueSpan, CultureInfo.InvariantCulture), await committing);
    }

    static async Task UntilAsync(Func<CancellationToken, Task> dump, CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
                await dump(stop);
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // the last one is left alone
        }
    }

    static async Task<double> CommitAsync(BenchMaster master, CancellationToken stop)
    {
        await using var connection = await NativeServer.ConnectAsync(new ServerEndpoint.UnixSocket(master.Socket), "root", CancellationToken.None);
        var worst = TimeSpan.Zero;
        while (!stop.IsCancellationRequested)
        {
            await connection.ExecuteAsync("BEGIN", CancellationToken.None);
            await connection.ExecuteAsync($"UPDATE {BenchMaster.Schema}.probe SET v = v + 1", CancellationToken.None);
            var start = Stopwatch.GetTimestamp();
            await connection.ExecuteAsync("COMMIT", CancellationToken.None);
            worst = TimeSpan.FromTicks(Math.Max(worst.Ticks, Stopwatch.GetElapsedTime(start).Ticks));
            await Task.Delay(5, CancellationToken.None);
        }

        return worst.TotalMilliseconds;
    }

    static string[] Arguments(BenchMaster master, Sizes sizes) =>
    [
        "oltp_read_write", $"--mysql-socket={master.Socket}", "--mysql-user=root", $"--mysql-db={BenchMaster.Schema}", $"--tables={Tables}", $"--table-size={sizes.Rows}", $"--threads={Threads}", $"--time={sizes.Seconds}",
    ];

    [GeneratedRegex(@"transactions:\s+\d+\s+\(([\d.]+) per sec")]
    private static partial Regex Transactions();
}
