using Stillframe.Benchmarks.Frames;
using Stillframe.Benchmarks.Results;
using Stillframe.Masking;

namespace Stillframe.Benchmarks.Rows;

/// <summary>Every name of every table is masked.</summary>
sealed class MaskedBuild : IRow
{
    static readonly Line Masked = new("masked clean build, 4 tables", "the same without masks", "s", new Target.Share(1.3));

    static readonly MaskRequest masks = new([new("bench.*.name", "letters"), new("bench.*.note", "hash")], [], "a key that only benchmarks know, 1");

    public string Name => "masked";

    public IReadOnlyList<Line> Lines => [Masked];

    public IReadOnlyList<string> Needs => [];

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var dump = await bench.FourTablesAsync();
        var plain = await bench.CleanBuildAsync(dump);
        var times = new List<double>();
        for (var round = 0; round < bench.Sizes.Rounds; round++)
        {
            bench.Builds.EmptyObjectCache();
            var build = await FrameBuilds.BuildAsync(bench.Builds.Request(dump.Path) with { Masks = masks }, cancellationToken);
            Directory.Delete(build.Frame.LayoutDirectory, recursive: true);
            times.Add(build.Seconds);
        }

        return [Masked.Measured(Quantity.Median(times), plain.Seconds, FormattableString.Invariant($"dump of {dump.Megabytes:0} MB; two columns of each table"))];
    }
}
