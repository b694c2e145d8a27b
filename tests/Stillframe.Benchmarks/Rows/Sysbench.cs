using System.Globalization;
using System.Text.RegularExpressions;
using Stillframe.Benchmarks.Frames;
using Stillframe.Benchmarks.Results;
using Stillframe.Benchmarks.Servers;
using Stillframe.Dumps;

namespace Stillframe.Benchmarks.Rows;

/// <summary>Two clients of sysbench, on a frame and on a default server, in turn; both have the same buffer pool, which holds all tables.</summary>
sealed partial class Sysbench : IRow
{
    const int Tables = 4, Threads = 2;
    const string Pool = "256M", Schema = "sbtest", Against = "default server on a volume, same buffer pool";

    static readonly Line Points = new("sysbench oltp_point_select, 2 clients", Against, "/s", new Target.TimesMore(1));
    static readonly Line ReadOnly = new("sysbench oltp_read_only, 2 clients", Against, "/s", new Target.TimesMore(1));

    public string Name => "sysbench";

    public IReadOnlyList<Line> Lines => [Points, ReadOnly];

    public IReadOnlyList<string> Needs => [Programs.Docker, Programs.Server, Programs.Install, "sysbench", "mariadb-dump"];

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var (data, dump) = (bench.PathOf("sysbench"), bench.PathOf("sysbench.sql"));
        await PrepareAsync(data, dump, bench.Sizes.Rows, cancellationToken);
        var request = bench.Builds.Request(dump) with { Schema = Schema, ServerOptions = new Dictionary<string, string> { ["innodb_buffer_pool_size"] = Pool } };
        var build = await FrameBuilds.BuildAsync(request, cancellationToken);
        await using var image = await FrameImage.LoadAsync(build.Frame.LayoutDirectory, cancellationToken);
        await using var volume = await DataVolume.CreateAsync(data, cancellationToken);
        Directory.Delete(data, recursive: true);
        Directory.Delete(build.Frame.LayoutDirectory, recursive: true);

        await using var frame = await image.StartAsync(cancellationToken);
        await using var server = await DefaultServer.StartAsync(volume, [$"--innodb-buffer-pool-size={Pool}"], cancellationToken);
        return
        [
            await CompareAsync(Points, "oltp_point_select", frame, server, bench.Sizes, cancellationToken),
            await CompareAsync(ReadOnly, "oltp_read_only", frame, server, bench.Sizes, cancellationToken),
        ];
    }

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

    static async Task<Measurement> CompareAsync(
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
            $"transactions a second, medians of {ours.Count} rounds of {sizes.Seconds} s in turn; {Tables} tables of {sizes.Rows} rows, buffer pool {Pool}"));
    }

    /// <returns>Transactions a second.</returns>
    static async Task<double> RunAsync(string test, ServerContainer container, Sizes sizes, CancellationToken cancellationToken)
    {
        await (await container.ConnectAsync(FrameBuilds.Reader.User, cancellationToken)).DisposeAsync();
        var said = await NativeServer.RunAsync(
            "sysbench",
            [
                test, $"--mysql-host={await container.AddressAsync(cancellationToken)}", $"--mysql-user={FrameBuilds.Reader.User}",
                .. TableOptions(sizes.Rows), $"--threads={Threads}", $"--time={sizes.Seconds}", "run",
            ],
            cancellationToken);
        return double.Parse(Transactions().Match(said).Groups[1].ValueSpan, CultureInfo.InvariantCulture);
    }

    static string[] TableOptions(int rows) => [$"--mysql-db={Schema}", $"--tables={Tables}", $"--table-size={rows}"];

    [GeneratedRegex(@"transactions:\s+\d+\s+\(([\d.]+) per sec")]
    private static partial Regex Transactions();
}
