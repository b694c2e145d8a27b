using System.Diagnostics;
using Stillframe.Benchmarks.Frames;
using Stillframe.Benchmarks.Results;
using Stillframe.Benchmarks.Servers;

namespace Stillframe.Benchmarks.Rows;

/// <summary>Milliseconds from <c>docker run</c> to the first answer, and megabytes written until then.</summary>
sealed record Start(double Milliseconds, double Megabytes)
{
    public static Start Median(IReadOnlyList<Start> starts) =>
        new(Quantity.Median(starts.Select(start => start.Milliseconds)), Quantity.Median(starts.Select(start => start.Megabytes)));
}

/// <summary>Starts of a frame and of a default server on the same data in its image, in turn.</summary>
/// <param name="DataGigabytes">Of the data directory that both have.</param>
sealed record Starts(Start Ours, Start Theirs, double DataGigabytes)
{
    const string Query = "SELECT name FROM bench.measurement_0 WHERE id = 47";

    /// <summary>Both rows that ask for it get the same starts.</summary>
    public static Task<Starts> OfAsync(Bench bench, int megabytes, CancellationToken cancellationToken) => bench.OnceAsync(
        $"starts with a dump of {megabytes} MB", () => MeasureAsync(bench, megabytes, cancellationToken));

    static async Task<Starts> MeasureAsync(Bench bench, int megabytes, CancellationToken cancellationToken)
    {
        var build = await bench.CleanBuildAsync(await bench.DumpAsync(megabytes, tables: 4));
        await using var frame = await FrameImage.LoadAsync(build.Frame.LayoutDirectory, cancellationToken);
        var directory = bench.PathOf($"writable-{megabytes}");
        var data = await WritableData.CreateAsync(build.Frame.LayoutDirectory, directory, cancellationToken);
        await using var image = await DataImage.CreateAsync(data, cancellationToken);
        var gigabytes = new DirectoryInfo(data).EnumerateFiles("*.ibd", SearchOption.AllDirectories).Sum(file => file.Length) / 1e9;
        Directory.Delete(directory, recursive: true);

        List<Start> ours = [], theirs = [];
        for (var round = 0; round < bench.Sizes.Rounds + 2; round++)
        {
            ours.Add(await StartAsync(() => frame.StartAsync(cancellationToken, readOnly: false), cancellationToken));
            theirs.Add(await StartAsync(() => DefaultServer.StartAsync(image, cancellationToken), cancellationToken));
        }

        var starts = new Starts(Start.Median(ours), Start.Median(theirs), gigabytes);
        Bench.Say($"start with {gigabytes:N1} GB: {starts.Ours.Milliseconds:N0} ms, default server {starts.Theirs.Milliseconds:N0} ms");
        return starts;
    }

    static async Task<Start> StartAsync(Func<Task<ServerContainer>> start, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        await using var container = await start();
        await using (var connection = await container.ConnectAsync(FrameBuilds.Reader.User, cancellationToken))
        {
            if (await connection.ScalarAsync(Query, cancellationToken) is null)
                throw new InvalidOperationException("The first query gave no row.");
        }

        var milliseconds = clock.Elapsed.TotalMilliseconds;
        return new(milliseconds, await container.MegabytesWrittenAsync(cancellationToken));
    }
}
