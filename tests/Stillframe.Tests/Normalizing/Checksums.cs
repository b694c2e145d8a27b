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
}
