using System.Diagnostics;
using Stillframe.Benchmarks.Frames;
using Stillframe.Benchmarks.Results;
using Stillframe.Connections;
using Stillframe.Engines;
using Stillframe.Serving;

namespace Stillframe.Benchmarks.Rows;

/// <summary>What a test waits for its own copy of a frame, in a container and without an engine.</summary>
sealed class ScratchCopy : IRow
{
    const int Tables = 4;

    static readonly Line Small = new("scratch copy for a test to its first write, small frame", null, "s", new Target.Under(0.5));
    static readonly Line Big = new("scratch copy for a test to its first write, big frame", null, "s", new Target.Under(0.5));
    static readonly Line BigAlone = new("scratch copy for a test to its first write, big frame, without a container engine", null, "s", new Target.Under(0.5));

    public string Name => "scratch";

    public IReadOnlyList<Line> Lines => [Small, Big, BigAlone];

    public IReadOnlyList<string> Needs => [Programs.Docker, Programs.Server];

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Bench bench, CancellationToken cancellationToken) =>
    [
        await MeasureAsync(Small, bench, bench.Sizes.Small, EngineKind.Docker, cancellationToken),
        await MeasureAsync(Big, bench, bench.Sizes.Big, EngineKind.Docker, cancellationToken),
        await MeasureAsync(BigAlone, bench, bench.Sizes.Big, EngineKind.Local, cancellationToken),
    ];

    static async Task<Measurement> MeasureAsync(Line line, Bench bench, int megabytes, EngineKind engine, CancellationToken cancellationToken)
    {
        var build = await bench.CleanBuildAsync(await bench.DumpAsync(megabytes, Tables));
        await using var frame = await ServedFrame.OpenAsync(build.Frame.LayoutDirectory, engine, SilentReporter.Instance, cancellationToken);
        var alone = (await CopyAsync(frame, cancellationToken)).First; // nothing was started ahead
        List<double> following = [], ready = [], table = [];
        for (var round = 0; round < bench.Sizes.Rounds + 2; round++)
        {
            var copy = await CopyAsync(frame, cancellationToken); // at once after the one before
            following.Add(copy.First);
            table.Add(copy.Table);
            await frame.NextScratch!;
            ready.Add((await CopyAsync(frame, cancellationToken)).First);
            await frame.NextScratch!;
            await CopyAsync(frame, cancellationToken);
        }

        return line.Measured(Quantity.Median(following), null, FormattableString.Invariant(
            $"the median of {following.Count}, each asked for at the end of a test of {Quantity.Median(table):0.00} s, which is what the first use of one of its {Tables} tables takes, read or written: the file system copies the table's file. A copy with nothing started ahead takes {alone:0.00} s, one that is ready {Quantity.Median(ready):0.00} s"));
    }

    static async Task<(double First, double Table)> CopyAsync(ServedFrame frame, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        await using var copy = await frame.ScratchAsync(cancellationToken);
        await using var connection = await ServerConnection.ConnectAsync(new ServerEndpoint.Tcp(copy.Host, copy.Port), copy.User, copy.Password, cancellationToken);
        await connection.ExecuteAsync("CREATE TABLE bench.mine (id INT PRIMARY KEY) ENGINE=InnoDB", cancellationToken);
        await connection.ExecuteAsync("INSERT INTO bench.mine VALUES (1)", cancellationToken);
        var first = clock.Elapsed.TotalSeconds;
        clock.Restart();
        await connection.ExecuteAsync($"UPDATE bench.{GeneratedDump.Table(0)} SET name = 'mine' WHERE id = 47", cancellationToken);
        return (first, clock.Elapsed.TotalSeconds);
    }
}
