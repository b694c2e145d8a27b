using Stillframe.Benchmarks.Results;

namespace Stillframe.Benchmarks.Rows;

sealed class BytesWrittenAtStart : IRow
{
    const string Against = "default server on the same data in its container";

    static readonly Line Small = new("bytes written at start, small frame", Against, "MB", new Target.Under(1));
    static readonly Line Big = new("bytes written at start, big frame", Against, "MB", new Target.Under(1));

    public string Name => "writes";

    public IReadOnlyList<Line> Lines => [Small, Big];

    public IReadOnlyList<string> Needs => [Programs.Docker, Programs.Server];

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var (small, big) = await Starts.OfAsync(bench, cancellationToken);
        return [Measured(Small, small), Measured(Big, big)];
    }

    static Measurement Measured(Line line, Starts starts) => line.Measured(
        starts.Ours.Megabytes,
        starts.Theirs.Megabytes,
        FormattableString.Invariant($"{starts.Gigabytes:0.0#} GB of tables; the container's writable layer after a row of every table was read. The frame could have written there: its root was not read-only"));
}
