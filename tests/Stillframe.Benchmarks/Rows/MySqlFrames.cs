using System.Diagnostics;
using Stillframe.Benchmarks.Frames;
using Stillframe.Benchmarks.Recipes;
using Stillframe.Benchmarks.Results;
using Stillframe.Benchmarks.Servers;
using Stillframe.Frames;

namespace Stillframe.Benchmarks.Rows;

/// <summary>Frames of a MySQL, built and started by docker: what the other rows measure of MariaDB, on one dump.</summary>
sealed class MySqlFrames : IRow
{
    const string Default = "default MySQL server on the same data in its container";

    static readonly Line Clean = new("MySQL: clean build, 4 tables", "default MySQL server, its client, tar and gzip", "s", new Target.TimesLess(1));
    static readonly Line Warm = new("MySQL: rebuild, 1 of 20 equal tables changed, cache warm", "its clean build", "s", new Target.TimesLess(2.5));
    static readonly Line First = new("MySQL: start to first query", Default, "ms", new Target.TimesLess(2.5));
    static readonly Line Used = new("MySQL: memory of a container that has read everything", Default, "MB", new Target.Share(0.6));

    public string Name => "mysql";

    public IReadOnlyList<Line> Lines => [Clean, Warm, First, Used];

    public IReadOnlyList<string> Needs => [Programs.Docker, Programs.MySql];

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var dump = await bench.FourTablesAsync();
        var clean = await BuildAsync(bench, dump, isClean: true, cancellationToken);
        Bench.Say($"clean build of {dump.Megabytes:N0} MB: {clean.Seconds:N1} s");
        var data = bench.PathOf("mysql-data");
        var usual = await LoadAndPack.TimeAsync(data, () => MySqlServer.LoadAsync(data, dump.Path, cancellationToken), "gzip", cancellationToken);
        await using var frame = await FrameImage.LoadAsync(clean.Frame.LayoutDirectory, cancellationToken);
        await using var image = await DataImage.CreateAsync(data, cancellationToken, MySqlServer.Image);
        Directory.Delete(data, recursive: true);
        Directory.Delete(clean.Frame.LayoutDirectory, recursive: true);
        Func<Task<ServerContainer>>[] starts =
            [() => frame.StartAsync(cancellationToken), () => ServerContainer.StartAsync(["--memory", "3g"], image.Name, MySqlServer.Command, cancellationToken)];
        var times = new[] { new List<double>(), new List<double>() };
        for (var round = 0; round < bench.Sizes.Rounds + 2; round++)
        {
            for (var i = 0; i < starts.Length; i++)
                times[i].Add(await TimeAsync(starts[i], cancellationToken));
        }

        var ours = await Memory.UseAsync(1, _ => starts[0](), cancellationToken);
        var theirs = await Memory.UseAsync(1, _ => starts[1](), cancellationToken);
        var (changed, again) = await RebuildAsync(bench, cancellationToken);
        return
        [
            Clean.Measured(clean.Seconds, usual.Seconds, FormattableString.Invariant($"dump of {dump.Megabytes:0} MB, docker; theirs is {usual}")),
            Warm.Measured(changed, again, FormattableString.Invariant($"dump of {bench.Sizes.Twenty:0} MB")),
            First.Measured(Quantity.Median(times[0]), Quantity.Median(times[1]), "from 'docker run' to the answer"),
            Used.Measured(ours.Groups ?? ours.Host, theirs.Groups ?? theirs.Host, Memory.Note(ours, theirs)),
        ];
    }

    /// <summary>Seconds where a table has changed, and where all is made anew.</summary>
    static async Task<(double Changed, double Clean)> RebuildAsync(Bench bench, CancellationToken cancellationToken)
    {
        var dump = await bench.TwentyTablesAsync();
        var clean = await BuildAsync(bench, dump, isClean: true, cancellationToken);
        Directory.Delete(clean.Frame.LayoutDirectory, recursive: true);
        Bench.Say($"clean build of {dump.Megabytes:N0} MB: {clean.Seconds:N1} s");
        var times = new List<double>();
        for (var round = 0; round < bench.Sizes.Rounds; round++)
        {
            await dump.ChangeAsync(bench.NextRevision(), cancellationToken);
            var build = await BuildAsync(bench, dump, isClean: false, cancellationToken);
            Directory.Delete(build.Frame.LayoutDirectory, recursive: true);
            times.Add(build.Seconds);
        }

        return (Quantity.Median(times), clean.Seconds);
    }

    static async Task<TimedBuild> BuildAsync(Bench bench, BenchDump dump, bool isClean, CancellationToken cancellationToken)
    {
        if (isClean)
            bench.Builds.EmptyObjectCache();
        var request = bench.Builds.Request(dump.Path);
        return await FrameBuilds.BuildAsync(request with { Engine = await MySqlServer.OptionsAsync(request.Engine) }, cancellationToken);
    }

    static async Task<double> TimeAsync(Func<Task<ServerContainer>> start, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        await using var container = await start();
        await using var connection = await container.ConnectAsync(FrameBuilds.Reader.User, cancellationToken);
        return await connection.ScalarAsync(StartPair.OneRow(0), cancellationToken) is not null ? clock.Elapsed.TotalMilliseconds : throw new InvalidOperationException("The first query gave no row.");
    }
}
