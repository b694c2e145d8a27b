using Stillframe.Benchmarks;

namespace Stillframe.Tests.Benchmarks;

public class SizesOfBenchmarks
{
    [Fact]
    public void What_is_not_named_keeps_its_default() =>
        Assert.Equal(new Sizes { Dump = 30, Rows = 1000 }, Sizes.Parse("dump=30, rows=1000"));

    [Fact]
    public void What_is_written_can_be_read() =>
        Assert.Equal(new Sizes { Big = 90 }, Sizes.Parse(new Sizes { Big = 90 }.ToString()));

    [Theory]
    [InlineData("height=3")]
    [InlineData("dump")]
    [InlineData("dump=-1")]
    public void Others_are_refused(string text) => Assert.Throws<ArgumentException>(() => Sizes.Parse(text));
}
