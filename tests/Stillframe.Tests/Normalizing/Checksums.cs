using Stillframe.TestRuns;

namespace Stillframe.Tests.Normalizing;

public class Checksums
{
    [Fact]
    public void Are_those_of_the_published_check_value()
    {
        Assert.Equal(0xE3069283u, Crc32C.Compute("123456789"u8));
        Assert.Equal(0xCBF43926u, Crc32.Compute(0, "123456789"u8));
    }

    [Fact]
    public void Go_on_where_a_checksum_ended() =>
        Assert.Equal(Crc32.Compute(0, "twelve bytes"u8), Crc32.Compute(Crc32.Compute(0, "twel"u8), "ve bytes"u8));

    /// <summary>By tables, and by multiplications where the processor has them.</summary>
    [Fact]
    public void Are_the_same_in_both_ways()
    {
        var bytes = new byte[2_000];
        Seed.Random(5).NextBytes(bytes);
        for (var length = 0; length < bytes.Length; length++)
            Assert.Equal(~Crc32.ByTables(~(uint)length, bytes.AsSpan(0, length)), Crc32.Compute((uint)length, bytes.AsSpan(0, length)));
    }
}
