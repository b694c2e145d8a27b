using Stillframe.Benchmarks.Results;

namespace Stillframe.Tests.Benchmarks;

public class TargetsOfBenchmarks
{
    [Theory]
    [InlineData(10, 80, true)]
    [InlineData(10, 79, false)]
    [InlineData(0, 79, true)]
    public void Times_less_counts_how_often_ours_goes_into_theirs(double ours, double theirs, bool met) =>
        Assert.Equal(met, Measure(new Target.TimesLess(8), ours, theirs).Met);

    [Theory]
    [InlineData(101, 100, true)]
    [InlineData(99, 100, false)]
    public void Times_more_counts_how_often_theirs_goes_into_ours(double ours, double theirs, bool met) =>
        Assert.Equal(met, Measure(new Target.TimesMore(1), ours, theirs).Met);

    [Theory]
    [InlineData(59, 100, true)]
    [InlineData(61, 100, false)]
    public void A_share_is_a_part_of_theirs(double ours, double theirs, bool met) =>
        Assert.Equal(met, Measure(new Target.Share(0.6), ours, theirs).Met);

    [Theory]
    [InlineData(119, true)]
    [InlineData(81, true)]
    [InlineData(121, false)]
    [InlineData(79, false)]
    public void Within_looks_both_ways(double ours, bool met) =>
        Assert.Equal(met, Measure(new Target.Within(0.2), ours, 100).Met);

    [Theory]
    [InlineData(0, true)]
    [InlineData(2, false)]
    public void Under_needs_nothing_to_compare_with(double ours, bool met) =>
        Assert.Equal(met, Measure(new Target.Under(1), ours, null).Met);

    [Theory]
    [InlineData(13.9, true)]
    [InlineData(14.1, false)]
    public void An_allowance_adds_to_what_theirs_allows(double ours, bool met) =>
        Assert.Equal(met, Measure(new Target.Allowance(1.2, 2), ours, 10).Met);

    [Fact]
    public void Nothing_is_met_where_nothing_was_measured()
    {
        var measured = new Line("what", "that", "s", new Target.TimesLess(8)).NotMeasured("'docker' is not on PATH");

        Assert.Null(measured.Met);
        Assert.Equal("not measured", measured.Verdict);
    }

    static Measurement Measure(Target target, double ours, double? theirs) => new Line("what", "that", "MB", target).Measured(ours, theirs);
}
