using System.Text;
using Stillframe.Binlog;

namespace Stillframe.Tests.Masters;

public class AStatementInALog
{
    [Theory]
    [InlineData("ALTER TABLE customer ADD x INT", true)]
    [InlineData("/* of a tool */ truncate `shop`.`Customer`", true)]
    [InlineData("DROP DATABASE shop", true)]
    [InlineData("CREATE OR REPLACE TABLE basket (customer INT)", true)]
    [InlineData("ALTER TABLE basket ADD x INT", false)]
    [InlineData("ALTER TABLE shop.basket ADD x INT", false)]
    [InlineData("BEGIN", false)]
    [InlineData("SAVEPOINT customer", false)]
    public void Touches_what_it_may_name(string statement, bool isTouched) => Assert.Equal(isTouched, Touched(statement).Contain(new("shop", "customer")));

    [Fact]
    public void Touches_names_beyond_ASCII_where_it_has_such_letters()
    {
        Assert.True(Touched("ALTER TABLE Größe ADD x INT", Encoding.Latin1).Contain(new("shop", "Größe")));
        Assert.False(Touched("ALTER TABLE basket ADD x INT").Contain(new("shop", "Größe")));
        Assert.True(Touched("ALTER TABLE basket ADD x INT").Contain(new("shop", "a`b")));
    }

    [Theory]
    [InlineData("UPDATE customer SET x = 1")]
    [InlineData("/*!50000 UPDATE customer SET x = 1 */")]
    [InlineData("/* */ /*M! DELETE FROM customer */ ALTER TABLE basket ADD x INT")]
    [InlineData("SET STATEMENT max_statement_time=1 FOR DELETE FROM customer")]
    [InlineData("XA COMMIT 'x'")]
    [InlineData("CALL refill()")]
    [InlineData("")]
    public void Is_unclear(string statement) => Assert.Throws<UnclearLogException>(() => Touched(statement));

    [Fact]
    public void Of_an_unknown_kind_is_unclear() => Assert.Throws<UnclearLogException>(() => new TouchedTables().Add(new(Event(26, []))));

    [Fact]
    public void That_is_cut_off_is_unclear() => Assert.Throws<UnclearLogException>(() => new TouchedTables().Add(new(new byte[10])));

    static TouchedTables Touched(string statement, Encoding? encoding = null)
    {
        var touched = new TouchedTables();
        // thread 4, seconds 4, length of the schema 1, error 2, length of the variables 2, the schema and its end
        touched.Add(new(Event(2, [0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, .. "shop\0"u8, .. (encoding ?? Encoding.UTF8).GetBytes(statement)])));
        return touched;
    }

    static byte[] Event(byte type, byte[] body) => [1, 0, 0, 0, type, 1, 0, 0, 0, (byte)(19 + body.Length), 0, 0, 0, 100, 0, 0, 0, 0, 0, .. body];
}
