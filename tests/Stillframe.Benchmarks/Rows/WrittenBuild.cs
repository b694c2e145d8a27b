using Stillframe.Benchmarks.Frames;
using Stillframe.Benchmarks.Results;
using Stillframe.Loading;

namespace Stillframe.Benchmarks.Rows;

/// <summary>Tables written without a server, and the same loaded by one, in turn.</summary>
sealed class WrittenBuild : IRow
{
    static readonly Line Time = new("clean build, 20 tables, written without a server", "loaded by a server", "s", new Target.TimesLess(2.5));

    static readonly Line Size = new("its layers", "those of the other", "MB", new Target.Share(1));

    public string Name => "written";

    public IReadOnlyList<Line> Lines => [Time, Size];

    public IReadOnlyList<string> Needs => [];

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var dump = await bench.TwentyTablesAsync();
        Dictionary<CompilerKind, (List<double> Seconds, double Megabytes)> found = [];
        for (var round = 0; round < bench.Sizes.Rounds; round++)
        {
            foreach (var compiler in new[] { CompilerKind.Server, CompilerKind.Auto })
            {
                bench.Builds.EmptyObjectCache();
                var build = await FrameBuilds.BuildAsync(bench.Builds.Request(dump.Path) with { Compiler = compiler }, cancellationToken);
                Directory.Delete(build.Frame.LayoutDirectory, recursive: true);
                var before = found.GetValueOrDefault(compiler, ([], 0));
                found[compiler] = ([.. before.Seconds, build.Seconds], build.Frame.Size / 1e6);
                Bench.Say($"{compiler}: {build.Seconds:N1} s, {build.Frame.Size / 1e6:N0} MB");
            }
        }

        var (ours, theirs) = (found[CompilerKind.Auto], found[CompilerKind.Server]);
        return
        [
            Time.Measured(Quantity.Median(ours.Seconds), Quantity.Median(theirs.Seconds), FormattableString.Invariant($"dump of {dump.Megabytes:0} MB")),
            Size.Measured(ours.Megabytes, theirs.Megabytes, "with the server's own"),
        ];
    }
}
