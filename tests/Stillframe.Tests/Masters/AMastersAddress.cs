using Stillframe.Connections;
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
    [InlineData("Server=db", "VerifyFull")]
    [InlineData("Server=10.0.0.7", "VerifyFull")]
    [InlineData("Server=localhost.example", "VerifyFull")]
    [InlineData("Server=127.0.0.1", "Preferred")]
    [InlineData("Server=localhost", "Preferred")]
    [InlineData("Server=::1", "Preferred")]
    [InlineData("Server=/run/mysqld/mysqld.sock", "Preferred")]
    [InlineData("Server=127.0.0.1;SslCa=ca.pem", "VerifyFull")]
    [InlineData("Server=db;SslMode=none", "None")]
    [InlineData("Server=db;Ssl Mode=Preferred", "Preferred")]
    [InlineData("Server=db;ssl-mode=REQUIRED", "Required")]
    [InlineData("Server=db;SSL Mode=VerifyCA;CA Certificate File=ca.pem", "VerifyCA")]
    [InlineData("Server=127.0.0.1;SslMode=VerifyFull", "VerifyFull")]
    public void Is_trusted_as_it_says_and_otherwise_only_with_a_certificate_or_on_this_machine(string text, string mode)
    {
        var tls = MasterAddress.Parse(text + ";User ID=me").Login.Tls;

        Assert.Equal(mode, tls.Mode.ToString());
        Assert.Equal(text.Contains("ca.pem", StringComparison.Ordinal) ? "ca.pem" : null, tls.AuthorityFile);
    }

    [Fact]
    public void Says_what_else_there_is_to_a_login()
    {
        var address = MasterAddress.Parse("Server=db;User ID=me;Ssl Cert=me.pem;SslKey=me.key;Allow Public Key Retrieval=true;Connection Timeout=7");

        Assert.Equal(new ServerLogin(new("me", "")) { Tls = new(TlsMode.VerifyFull, null, "me.pem", "me.key"), TakesPublicKey = true }, address.Login);
        Assert.Equal(TimeSpan.FromSeconds(7), address.Limit);
        Assert.False(MasterAddress.Parse("Server=db;User ID=me").Login.TakesPublicKey);
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("db", "no list of")]
    [InlineData("User ID=me", "no Server")]
    [InlineData("Server=db", "no User ID")]
    [InlineData("Server=db;User ID=me;Port=99999", "'99999' is no port")]
    [InlineData("Server=db;User ID=me;SslMode=Sometimes", "not 'Sometimes'")]
    [InlineData("Server=db;User ID=me;SslMode=Required;SslCa=ca.pem", "SslMode=Required does not look at")]
    [InlineData("Server=db;User ID=me;SslKey=me.key", "no SslCert")]
    [InlineData("Server=db;User ID=me;AllowPublicKeyRetrieval=perhaps", "not 'perhaps'")]
    [InlineData("Server=db;User ID=me;Connection Timeout=0", "'0' is no number of seconds")]
    public void That_is_none_says_why(string text, string why)
    {
        var e = Assert.Throws<StillframeException>(() => MasterAddress.Parse(text));

        Assert.Equal(ErrorCodes.OptionInvalid, e.Code);
        Assert.Contains(why, e.Message, StringComparison.Ordinal);
    }
}
