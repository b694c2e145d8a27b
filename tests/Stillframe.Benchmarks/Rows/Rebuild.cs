using Stillframe.Benchmarks.Frames;
using Stillframe.Benchmarks.Results;

namespace Stillframe.Benchmarks.Rows;

/// <summary>One row of one table of twenty is another; everything else is in the object cache.</summary>
sealed class Rebuild : IRow
{
    static readonly Line Warm = new("rebuild, 1 of 20 equal tables changed, cache warm", Bench.Earlier, "s", new Target.TimesLess(15));

    public string Name => "rebuild";

    public IReadOnlyList<Line> Lines => [Warm];

    public IReadOnlyList<string> Needs => [];

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var dump = await bench.TwentyTablesAsync();
        var earlier = await bench.EarlierBuildAsync(dump);
        await bench.Builds.CacheAsync(dump.Path, cancellationToken);
        var times = new List<double>();
        for (var round = 0; round < bench.Sizes.Rounds; round++)
        {
            await dump.ChangeAsync(bench.NextRevision(), cancellationToken);
            var build = await FrameBuilds.BuildAsync(bench.Builds.Request(dump.Path), cancellationToken);
            Directory.Delete(build.Frame.LayoutDirectory, recursive: true);
            times.Add(build.Seconds);
        }

        return [Warm.Measured(Quantity.Median(times), earlier.Seconds, FormattableString.Invariant($"dump of {dump.Megabytes:0} MB; fingerprinting it is part of both"))];
    }
}
