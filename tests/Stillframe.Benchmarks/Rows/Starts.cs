using System.Diagnostics;
using Stillframe.Benchmarks.Frames;
using Stillframe.Benchmarks.Results;
using Stillframe.Benchmarks.Servers;

namespace Stillframe.Benchmarks.Rows;

/// <summary>One start of a container.</summary>
/// <param name="First">Milliseconds from <c>docker run</c> to the first answer, which needs one table.</param>
/// <param name="Every">Milliseconds to an answer that needs every table, asked for after the first.</param>
/// <param name="Megabytes">Written until then.</param>
sealed record Start(double First, double Every, double Megabytes)
{
    public static Start Median(IReadOnlyList<Start> starts) => new(
        Quantity.Median(starts.Select(start => start.First)), Quantity.Median(starts.Select(start => start.Every)), Quantity.Median(starts.Select(start => start.Megabytes)));
}

/// <summary>Starts of a frame and of a default server on the same data in its image, in turn.</summary>
/// <param name="Empty">Milliseconds of <c>docker run</c> for a container that does nothing: a part of all starts that no server can make shorter.</param>
/// <param name="Gigabytes">Of the tables that both have.</param>
sealed record Starts(Start Ours, Start Theirs, double Empty, double Gigabytes)
{
    const int Tables = 4;

    static readonly string FirstQuery = OneRow(0);
    static readonly string EveryQuery = string.Join(" UNION ALL ", Enumerable.Range(0, Tables).Select(OneRow));

    /// <summary>Both rows that ask for it get the same starts.</summary>
    public static Task<Starts> OfAsync(Bench bench, int megabytes, CancellationToken cancellationToken) => bench.OnceAsync(
        $"starts with a dump of {megabytes} MB", () => MeasureAsync(bench, megabytes, cancellationToken));

    static async Task<Starts> MeasureAsync(Bench bench, int megabytes, CancellationToken cancellationToken)
    {
        var build = await bench.CleanBuildAsync(await bench.DumpAsync(megabytes, Tables));
        await using var frame = await FrameImage.LoadAsync(build.Frame.LayoutDirectory, cancellationToken);
        var directory = bench.PathOf($"writable-{megabytes}");
        var data = await WritableData.CreateAsync(build.Frame.LayoutDirectory, directory, cancellationToken);
        await using var image = await DataImage.CreateAsync(data, cancellationToken);
        var gigabytes = new DirectoryInfo(data).EnumerateFiles("*.ibd", SearchOption.AllDirectories).Sum(file => file.Length) / 1e9;
        Directory.Delete(directory, recursive: true);

        List<Start> ours = [], theirs = [];
        List<double> empty = [];
        for (var round = 0; round < bench.Sizes.Rounds + 2; round++)
        {
            ours.Add(await StartAsync(() => frame.StartAsync(cancellationToken, readOnly: false), cancellationToken));
            theirs.Add(await StartAsync(() => DefaultServer.StartAsync(image, cancellationToken), cancellationToken));
            var clock = Stopwatch.StartNew();
            await using var idle = await ServerContainer.StartAsync([], DefaultServer.Image, ["sleep", "60"], cancellationToken);
            empty.Add(clock.Elapsed.TotalMilliseconds);
        }

        var starts = new Starts(Start.Median(ours), Start.Median(theirs), Quantity.Median(empty), gigabytes);
        Bench.Say($"start with {gigabytes:N1} GB: {starts.Ours.First:N0} ms, default server {starts.Theirs.First:N0} ms, nothing at all {starts.Empty:N0} ms");
        return starts;
    }

    static async Task<Start> StartAsync(Func<Task<ServerContainer>> start, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        await using var container = await start();
        await using var connection = await container.ConnectAsync(FrameBuilds.Reader.User, cancellationToken);
        var rows = (await connection.QueryAsync(FirstQuery, cancellationToken)).Count;
        var first = clock.Elapsed.TotalMilliseconds;
        rows += (await connection.QueryAsync(EveryQuery, cancellationToken)).Count;
        var every = clock.Elapsed.TotalMilliseconds;
        return rows == 1 + Tables
            ? new(first, every, await container.MegabytesWrittenAsync(cancellationToken))
            : throw new InvalidOperationException($"The first queries gave {rows} rows, not {1 + Tables}.");
    }

    static string OneRow(int table) => $"SELECT name FROM bench.{GeneratedDump.Table(table)} WHERE id = 47";
}
