using Stillframe.Benchmarks.Results;

namespace Stillframe.Benchmarks.Rows;

sealed class StartToFirstQuery : IRow
{
    const string Against = "default server on the same data in its container";

    static readonly Line SmallFirst = new("start to first query, small frame", Against, "ms", new Target.TimesLess(2.5));
    static readonly Line BigFirst = new("start to first query, big frame", Against, "ms", new Target.TimesLess(2.5));
    static readonly Line SmallEvery = new("start to a row of every table, small frame", Against, "ms", new Target.TimesLess(2.5));
    static readonly Line BigEvery = new("start to a row of every table, big frame", Against, "ms", new Target.TimesLess(2.5));
    static readonly Line Equal = new("start to first query, big frame", "small frame", "ms", new Target.Within(0.2));

    public string Name => "start";

    public IReadOnlyList<Line> Lines => [SmallFirst, BigFirst, SmallEvery, BigEvery, Equal];

    public IReadOnlyList<string> Needs => [Programs.Docker, Programs.Server];

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var (small, big) = await Starts.OfAsync(bench, cancellationToken);
        return
        [
            First(SmallFirst, small), First(BigFirst, big), Every(SmallEvery, small), Every(BigEvery, big),
            Equal.Measured(big.Ours.First, small.Ours.First),
        ];
    }

    static Measurement First(Line line, Starts starts) => line.Measured(
        starts.Ours.First, starts.Theirs.First, FormattableString.Invariant($"{starts.Gigabytes:0.0#} GB of tables; from 'docker run' to the answer, {starts.Empty:0} ms of which a container takes that does nothing"));

    static Measurement Every(Line line, Starts starts) => line.Measured(starts.Ours.Every, starts.Theirs.Every);
}
