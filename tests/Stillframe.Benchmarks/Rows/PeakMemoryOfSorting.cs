using Stillframe.Benchmarks.Frames;
using Stillframe.Benchmarks.Results;

namespace Stillframe.Benchmarks.Rows;

/// <summary>Of a big dump whose tables have many secondary indexes, the rows of each of which are put in order.</summary>
sealed class PeakMemoryOfSorting : IRow
{
    const int Indexes = 14;

    static readonly Line Peak = new("peak memory of the build process, tables with 14 secondary indexes", null, "MB", new Target.Under(500));

    public string Name => "indexes";

    public IReadOnlyList<Line> Lines => [Peak];

    public IReadOnlyList<string> Needs => [];

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var path = bench.PathOf("indexes.sql");
        await GeneratedDump.WriteAsync(path, bench.Sizes.Big * 1_000_000L, tables: 4, indexes: Indexes, cancellationToken: cancellationToken);
        var dump = new BenchDump(path, 4);
        var peak = await BuildChild.PeakAsync(dump, bench.WorkDirectory, Bench.CacheDirectory, cancellationToken);
        File.Delete(path);
        return [(Peak with { What = FormattableString.Invariant($"peak memory of the build process, {bench.Sizes.Big:N0} MB dump, tables with {Indexes} secondary indexes") }).Measured(peak, null, "clean build, resident at most")];
    }
}
