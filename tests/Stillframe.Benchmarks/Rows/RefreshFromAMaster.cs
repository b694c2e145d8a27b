using System.Diagnostics;
using Stillframe.Benchmarks.Frames;
using Stillframe.Benchmarks.Recipes;
using Stillframe.Benchmarks.Results;
using Stillframe.Benchmarks.Servers;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Masters;
using Stillframe.Oci;

namespace Stillframe.Benchmarks.Rows;

/// <summary>From a commit on the master to a frame in the registry, by the pieces of a refresh.</summary>
sealed class RefreshFromAMaster : IRow
{
    static readonly Line Refresh = new("refresh, 1 of 20 tables changed: commit on the master to frame in the registry", "mariadb-dump, default server, its client, tar and gzip", "s", new Target.TimesLess(10));

    public string Name => "refresh";

    public IReadOnlyList<Line> Lines => [Refresh];

    public IReadOnlyList<string> Needs => [Programs.Server, Programs.Install, Programs.Client, "mariadb-dump", "docker-registry"];

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var data = bench.PathOf("refreshed");
        await using var master = await BenchMaster.StartAsync(data, await bench.TwentyTablesAsync(), [], cancellationToken);
        await using var registry = await LocalRegistry.StartAsync();
        var latest = Reference.Parse($"{registry.Host}/bench:latest");
        var dump = bench.PathOf("refreshed.dump");
        await master.DumpAsync(dump, new(), cancellationToken);
        var first = await FrameBuilds.BuildAsync(bench.Builds.Request(dump), cancellationToken);
        await FrameBuilds.PushAsync(first.Frame, latest, cancellationToken);
        Directory.Delete(first.Frame.LayoutDirectory, recursive: true);

        List<double> ours = [], dumps = [];
        for (var round = 0; round < bench.Sizes.Rounds; round++)
        {
            await master.ExecuteAsync($"UPDATE {BenchMaster.Schema}.measurement_10 SET value = {bench.NextRevision()} WHERE id = 1", cancellationToken);
            var clock = Stopwatch.StartNew();
            await master.DumpAsync(dump, new MasterDumpOptions { VerifyEvery = 0 }, cancellationToken);
            dumps.Add(clock.Elapsed.TotalSeconds);
            var build = await FrameBuilds.BuildAsync(FrameBuilds.After(bench.Builds.Request(dump), latest), cancellationToken);
            await FrameBuilds.PushAsync(build.Frame, latest, cancellationToken);
            ours.Add(clock.Elapsed.TotalSeconds);
            Directory.Delete(build.Frame.LayoutDirectory, recursive: true);
            Bench.Say($"refresh {ours[^1]:N1} s, of which the dump {dumps[^1]:N1} s");
        }

        var (text, usual) = (bench.PathOf("refreshed.sql"), bench.PathOf("refreshed.data"));
        var watch = Stopwatch.StartNew();
        await NativeServer.ShellAsync($"mariadb-dump --no-defaults -uroot -S '{master.Socket}' --single-transaction {BenchMaster.Schema} > '{text}'", cancellationToken);
        var recipe = await UsualRecipe.RunAsync(text, usual, cancellationToken);
        var theirs = watch.Elapsed.TotalSeconds;
        File.Delete(text);
        DirectoryTree.TryDelete(recipe.Data);
        DirectoryTree.TryDelete(data);
        return [Refresh.Measured(Quantity.Median(ours), theirs, FormattableString.Invariant($"ours with its push, of which the dump takes {Quantity.Median(dumps):0.0} s; the other without one, measured once: {recipe.Time}"))];
    }
}
