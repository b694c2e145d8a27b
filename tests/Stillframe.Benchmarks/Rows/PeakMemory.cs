using Stillframe.Benchmarks.Frames;
using Stillframe.Benchmarks.Results;

namespace Stillframe.Benchmarks.Rows;

sealed class PeakMemory : IRow
{
    static readonly Line Small = new("peak memory of the build process, smaller dump", null, "MB", new Target.Under(500));
    static readonly Line Big = new("peak memory of the build process, bigger dump", null, "MB", new Target.Under(500));

    public string Name => "peak";

    public IReadOnlyList<Line> Lines => [Small, Big];

    public IReadOnlyList<string> Needs => [];

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Bench bench, CancellationToken cancellationToken) =>
    [
        await PeakAsync(Small, bench, await bench.FourTablesAsync(), cancellationToken),
        await PeakAsync(Big, bench, await bench.TwentyTablesAsync(), cancellationToken),
    ];

    static async Task<Measurement> PeakAsync(Line line, Bench bench, BenchDump dump, CancellationToken cancellationToken)
    {
        bench.Builds.EmptyObjectCache();
        var peak = await BuildChild.PeakAsync(dump, bench.WorkDirectory, Bench.CacheDirectory, cancellationToken);
        return (line with { What = FormattableString.Invariant($"peak memory of the build process, {dump.Megabytes:0} MB dump") }).Measured(peak, null, "clean build, resident at most; the database server is another process");
    }
}
