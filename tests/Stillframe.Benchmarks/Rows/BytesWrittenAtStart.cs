using Stillframe.Benchmarks.Results;

namespace Stillframe.Benchmarks.Rows;

sealed class BytesWrittenAtStart : IRow
{
    const string Against = "default server on the same data in its container";

    static readonly Line Small = new("bytes written at start, small frame", Against, "MB", new Target.Under(1));
    static readonly Line Big = new("bytes written at start, big frame", Against, "MB", new Target.Under(1));

    public string Name => "written";

    public IReadOnlyList<Line> Lines => [Small, Big];

    public IReadOnlyList<string> Needs => [Programs.Docker, Programs.Server];

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var small = await Starts.OfAsync(bench, bench.Sizes.Small, cancellationToken);
        var big = await Starts.OfAsync(bench, bench.Sizes.Big, cancellationToken);
        const string note = "the container's writable layer after the first query; the frame could have written there, its root was not read-only";
        return [Named(Small, small).Measured(small.Ours.Megabytes, small.Theirs.Megabytes, note), Named(Big, big).Measured(big.Ours.Megabytes, big.Theirs.Megabytes)];
    }

    static Line Named(Line line, Starts starts) => line with { What = FormattableString.Invariant($"bytes written at start, {starts.DataGigabytes:0.0#} GB frame") };
}
