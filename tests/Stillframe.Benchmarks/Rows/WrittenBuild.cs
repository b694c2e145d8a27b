using Stillframe.Benchmarks.Frames;
using Stillframe.Benchmarks.Results;

namespace Stillframe.Benchmarks.Rows;

/// <summary>Tables written without a server and layers packed by our own packer, and as it was before.</summary>
sealed class WrittenBuild : IRow
{
    static readonly Line Time = new("clean build, 20 tables", Bench.Earlier, "s", new Target.TimesLess(2.5));

    static readonly Line Size = new("its layers", "those of the other", "MB", new Target.Share(1));

    public string Name => "written";

    public IReadOnlyList<Line> Lines => [Time, Size];

    public IReadOnlyList<string> Needs => [];

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var dump = await bench.TwentyTablesAsync();
        var (ours, theirs) = (await bench.CleanBuildAsync(dump), await bench.EarlierBuildAsync(dump));
        return
        [
            Time.Measured(ours.Seconds, theirs.Seconds, FormattableString.Invariant($"dump of {dump.Megabytes:0} MB")),
            Size.Measured(ours.Frame.Size / 1e6, theirs.Frame.Size / 1e6, "with the server's own"),
        ];
    }
}
