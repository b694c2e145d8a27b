using System.Data.Common;
using Gazetteer.Database;
using Microsoft.Extensions.Configuration;

namespace Stillframe.Tests.Gazetteer;

public class SettingsOfAConnection
{
    static string ConnectionString(params (string Key, string Value)[] settings) => ConnectionSettings.ConnectionString(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build());

    [Fact]
    public void A_whole_connection_string_is_taken_as_it_is() =>
        Assert.Equal("Server=a", ConnectionString(("ConnectionStrings:Gazetteer", "Server=a"), ("Database:Host", "b")));

    [Fact]
    public void Parts_are_put_together_whatever_is_in_them()
    {
        const string Password = "a;b='c' \"ö\"";
        var parts = new DbConnectionStringBuilder
        {
            ConnectionString = ConnectionString(("Database:Host", "gazetteer-db"), ("Database:Port", "3307"), ("Database:User", "u"), ("Database:Password", Password)),
        };
        Assert.Equal(("gazetteer-db", "3307", "u", Password), (parts["Server"], parts["Port"], parts["User ID"], parts["Password"]));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("mysql")]
    public void A_port_that_is_none_is_named(string port) =>
        Assert.Contains($"'{port}'", Assert.Throws<FormatException>(() => ConnectionString(("Database:Port", port))).Message, StringComparison.Ordinal);
}
