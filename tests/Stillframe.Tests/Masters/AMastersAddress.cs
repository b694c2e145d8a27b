using Stillframe.Masters;

namespace Stillframe.Tests.Masters;

public class AMastersAddress
{
    [Theory]
    [InlineData("Server=db;User ID=dumper;Password=x;Database=shop", "db:3306", "dumper", "x", "shop")]
    [InlineData("Host=db;Port=3307;Uid=dumper;Pwd=a=b", "db:3307", "dumper", "a=b", "")]
    [InlineData("server=/run/mysqld/mysqld.sock;username=me;Initial Catalog=a, b", "/run/mysqld/mysqld.sock", "me", "", "a b")]
    [InlineData("Data Source=::1;User=me;Password='a;b'", "::1:3306", "me", "a;b", "")]
    public void Is_taken_as_providers_take_it(string text, string endpoint, string user, string password, string schemas)
    {
        var address = MasterAddress.Parse(text);

        Assert.Equal((endpoint, user, password, schemas), (address.Endpoint.ToString(), address.User, address.Password, string.Join(' ', address.Schemas)));
        Assert.DoesNotContain("Password", address.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("db", "no list of")]
    [InlineData("User ID=me", "no Server")]
    [InlineData("Server=db", "no User ID")]
    [InlineData("Server=db;User ID=me;Port=99999", "'99999' is no port")]
    public void That_is_none_says_why(string text, string why)
    {
        var e = Assert.Throws<StillframeException>(() => MasterAddress.Parse(text));

        Assert.Equal(ErrorCodes.OptionInvalid, e.Code);
        Assert.Contains(why, e.Message, StringComparison.Ordinal);
    }
}
