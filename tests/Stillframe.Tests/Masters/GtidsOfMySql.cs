using Stillframe.Binlog;

namespace Stillframe.Tests.Masters;

public sealed class GtidsOfMySql
{
    /// <summary>Sixteen bytes of a server, and ends that are one more than the last; a real server takes it in the end-to-end tests.</summary>
    [Fact]
    public void Are_sent_as_replicas_send_them() => Assert.Equal(
        "0200000000000000"
        + "3E11FA4771CA11E19E33C80AA9429562" + "0200000000000000" + "0100000000000000" + "4E00000000000000" + "5000000000000000" + "5100000000000000"
        + "00000000000000000000000000000001" + "0100000000000000" + "0500000000000000" + "0600000000000000",
        Convert.ToHexString(GtidSet.Parse("3E11FA47-71CA-11E1-9E33-C80AA9429562:1-77:80,\n00000000-0000-0000-0000-000000000001:5").ToBytes()));

    [Fact]
    public void Of_no_transaction_are_an_empty_set() => Assert.Equal(new byte[8], GtidSet.Parse("").ToBytes());

    [Theory]
    [InlineData("3E11FA47-71CA-11E1-9E33-C80AA9429562:tag:1-5")]
    [InlineData("3E11FA47-71CA-11E1-9E33-C80AA9429562")]
    [InlineData("0-1-77")]
    public void Of_another_form_are_unclear(string text) => Assert.Throws<UnclearLogException>(() => GtidSet.Parse(text));
}
