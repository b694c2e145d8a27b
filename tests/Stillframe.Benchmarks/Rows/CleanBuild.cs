using Stillframe.Benchmarks.Results;

namespace Stillframe.Benchmarks.Rows;

sealed class CleanBuild : IRow
{
    static readonly Line Clean = new("clean build, 4 tables", "default server, its client, tar and gzip", "s", new Target.TimesLess(8));

    public string Name => "clean";

    public IReadOnlyList<Line> Lines => [Clean];

    public IReadOnlyList<string> Needs => [Programs.Server, Programs.Install, Programs.Client];

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var dump = await bench.FourTablesAsync();
        var ours = await bench.CleanBuildAsync(dump);
        var usual = await bench.UsualAsync();
        return [Clean.Measured(ours.Seconds, usual.Time.Seconds, FormattableString.Invariant($"dump of {dump.Megabytes:0} MB; theirs is {usual.Time}"))];
    }
}
