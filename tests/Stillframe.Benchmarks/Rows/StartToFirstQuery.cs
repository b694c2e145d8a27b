using Stillframe.Benchmarks.Results;

namespace Stillframe.Benchmarks.Rows;

sealed class StartToFirstQuery : IRow
{
    const string Against = "default server on the same data in its container";

    static readonly Line Small = new("start to first query, small frame", Against, "ms", new Target.TimesLess(2.5));
    static readonly Line Big = new("start to first query, big frame", Against, "ms", new Target.TimesLess(2.5));
    static readonly Line Equal = new("start to first query, big frame", "small frame", "ms", new Target.Within(0.2));

    public string Name => "start";

    public IReadOnlyList<Line> Lines => [Small, Big, Equal];

    public IReadOnlyList<string> Needs => [Programs.Docker, Programs.Server];

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var small = await Starts.OfAsync(bench, bench.Sizes.Small, cancellationToken);
        var big = await Starts.OfAsync(bench, bench.Sizes.Big, cancellationToken);
        return
        [
            Named(Small, small).Measured(small.Ours.Milliseconds, small.Theirs.Milliseconds, "from 'docker run' to the answer, container start included"),
            Named(Big, big).Measured(big.Ours.Milliseconds, big.Theirs.Milliseconds),
            Equal.Measured(big.Ours.Milliseconds, small.Ours.Milliseconds),
        ];
    }

    static Line Named(Line line, Starts starts) => line with { What = FormattableString.Invariant($"start to first query, {starts.DataGigabytes:0.0#} GB frame") };
}
