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

/// <summary>A frame, and an image with the same data for a default server.</summary>
/// <param name="Gigabytes">Of the tables that both have.</param>
sealed record StartPair(FrameImage Frame, DataImage Image, double Gigabytes) : IAsyncDisposable
{
    const int Tables = 4;

    static readonly string FirstQuery = OneRow(0);
    static readonly string EveryQuery = string.Join(" UNION ALL ", Enumerable.Range(0, Tables).Select(OneRow));

    public static async Task<StartPair> CreateAsync(Bench bench, int megabytes, CancellationToken cancellationToken)
    {
        var build = await bench.CleanBuildAsync(await bench.DumpAsync(megabytes, Tables));
        var directory = bench.PathOf($"writable-{megabytes}");
        var data = await WritableData.CreateAsync(build.Frame.LayoutDirectory, directory, cancellationToken);
        var gigabytes = new DirectoryInfo(data).EnumerateFiles("*.ibd", SearchOption.AllDirectories).Sum(file => file.Length) / 1e9;
        var frame = await FrameImage.LoadAsync(build.Frame.LayoutDirectory, cancellationToken);
        try
        {
            return new(frame, await DataImage.CreateAsync(data, cancellationToken), gigabytes);
        }
        catch
        {
            await frame.DisposeAsync();
            throw;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    public Task<Start> StartOursAsync(CancellationToken cancellationToken) =>
        TimeAsync(() => Frame.StartAsync(cancellationToken, readOnly: false), cancellationToken);

    public Task<Start> StartTheirsAsync(CancellationToken cancellationToken) =>
        TimeAsync(() => DefaultServer.StartAsync(Image, cancellationToken), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Frame.DisposeAsync();
        await Image.DisposeAsync();
    }

    static async Task<Start> TimeAsync(Func<Task<ServerContainer>> start, CancellationToken cancellationToken)
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

    internal static string OneRow(int table) => $"SELECT name FROM bench.{GeneratedDump.Table(table)} WHERE id = 47";
}
