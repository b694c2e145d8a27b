using System.Globalization;
using System.Text.RegularExpressions;
using Stillframe.Benchmarks.Frames;
using Stillframe.Benchmarks.Results;
using Stillframe.Benchmarks.Servers;
using Stillframe.Dumps;

namespace Stillframe.Benchmarks.Rows;

/// <summary>Two clients of sysbench, on a frame and on a default server, in turn.</summary>
/// <param name="rows">Times those of the sizes, in each table.</param>
/// <param name="pool">The buffer pool that both have; null for what each has by itself.</param>
/// <param name="memory">Of each container; null where there is no limit.</param>
sealed partial class Sysbench(string name, int rows, string? pool, string? memory, double wanted) : IRow
{
    const int Tables = 4, Threads = 2;
    const string Schema = "sbtest";

    readonly Line points = Of("oltp_point_select", pool, memory, wanted), readOnly = Of("oltp_read_only", pool, memory, wanted);

    public string Name => name;

    public IReadOnlyList<Line> Lines => [points, readOnly];

    /// <summary>All tables are in both buffer pools: what a query costs by itself.</summary>
    public static Sysbench InMemory { get; } = new("sysbench", 1, "256M", null, 1);

    /// <summary>Nobody has tuned anything, and the tables are larger than the buffer pools, but not than the memory of the container.</summary>
    public static Sysbench AsTheyCome { get; } = new("reads", 6, null, "1g", 1.3);

    public IReadOnlyList<string> Needs => [Programs.Docker, Programs.Server, Programs.Install, "sysbench", "mariadb-dump"];

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var (data, dump) = (bench.PathOf("sysbench"), bench.PathOf("sysbench.sql"));
        await PrepareAsync(data, dump, rows * bench.Sizes.Rows, cancellationToken);
        var request = bench.Builds.Request(dump) with { Schema = Schema, ServerOptions = pool is null ? new Dictionary<string, string>() : new() { ["innodb_buffer_pool_size"] = pool } };
        var build = await FrameBuilds.BuildAsync(request, cancellationToken);
        await using var image = await FrameImage.LoadAsync(build.Frame.LayoutDirectory, cancellationToken);
        await using var volume = await DataVolume.CreateAsync(data, cancellationToken);
        Directory.Delete(data, recursive: true);
        Directory.Delete(build.Frame.LayoutDirectory, recursive: true);

        string[] limit = memory is null ? [] : ["--memory", memory, "--memory-swap", memory];
        await using var frame = await image.StartAsync(cancellationToken, limit: limit);
        await using var server = await DefaultServer.StartAsync(volume, pool is null ? [] : [$"--innodb-buffer-pool-size={pool}"], cancellationToken, limit);
        return
        [
            await CompareAsync(points, "oltp_point_select", frame, server, bench.Sizes, cancellationToken),
            await CompareAsync(readOnly, "oltp_read_only", frame, server, bench.Sizes, cancellationToken),
        ];
    }

    static Line Of(string test, string? pool, string? memory, double wanted) => new(
        $"sysbench {test}, 2 clients{(memory is null ? "" : $", both with their own defaults and {memory} of memory")}", pool is null ? "default server on a volume" : "default server on a volume, same buffer pool", "/s", new Target.TimesMore(wanted));

    /// <summary>Has sysbench make its tables in a default server's directory, and dumps them.</summary>
    static async Task PrepareAsync(string data, string dump, int rows, CancellationToken cancellationToken)
    {
        await NativeServer.InstallAsync(data, cancellationToken);
        await using var server = await NativeServer.StartAsync(data, [], cancellationToken);
        await server.ExecuteAsync($"CREATE DATABASE {Schema}; CREATE USER {FrameBuilds.Reader.User}; GRANT SELECT ON {Schema}.* TO {FrameBuilds.Reader.User}", cancellationToken);
        await NativeServer.RunAsync(
            "sysbench", ["oltp_read_only", $"--mysql-socket={server.Socket}", "--mysql-user=root", .. TableOptions(rows), "prepare"], cancellationToken);
        await NativeServer.ShellAsync($"mariadb-dump --no-defaults -uroot -S '{server.Socket}' {Schema} > '{dump}'", cancellationToken);
        await server.StopAsync(cancellationToken);
    }

    async Task<Measurement> CompareAsync(
        Line line, string test, ServerContainer frame, ServerContainer server, Sizes sizes, CancellationToken cancellationToken)
    {
        List<double> ours = [], theirs = [];
        for (var round = -1; round < sizes.Rounds + 2; round++) // the first fills the buffer pools
        {
            var (a, b) = (await RunAsync(test, frame, sizes, cancellationToken), await RunAsync(test, server, sizes, cancellationToken));
            if (round < 0)
                continue;
            ours.Add(a);
            theirs.Add(b);
        }

        return line.Measured(Quantity.Median(ours), Quantity.Median(theirs), FormattableString.Invariant(
            $"transactions a second, medians of {ours.Count} rounds of {sizes.Seconds} s in turn; {Tables} tables of {rows * sizes.Rows} rows"));
    }

    /// <returns>Transactions a second.</returns>
    async Task<double> RunAsync(string test, ServerContainer container, Sizes sizes, CancellationToken cancellationToken)
    {
        await (await container.ConnectAsync(FrameBuilds.Reader.User, cancellationToken)).DisposeAsync();
        var said = await NativeServer.RunAsync(
            "sysbench",
            [
                test, $"--mysql-host={await container.AddressAsync(cancellationToken)}", $"--mysql-user={FrameBuilds.Reader.User}",
                .. TableOptions(rows * sizes.Rows), $"--threads={Threads}", $"--time={sizes.Seconds}", "run",
            ],
            cancellationToken);
        return double.Parse(Transactions().Match(said).Groups[1].ValueSpan, CultureInfo.InvariantCulture);
    }

    static string[] TableOptions(int rows) => [$"--mysql-db={Schema}", $"--tables={Tables}", $"--table-size={rows}"];

    [GeneratedRegex(@"transactions:\s+\d+\s+\(([\d.]+) per sec")]
    private static partial Regex Transactions();
}
