using Stillframe.Dumps;

namespace Stillframe.Tests.Dumps;

public class SchemaVersions
{
    const string Shop = """
        CREATE DATABASE shop;
        USE shop;
        CREATE TABLE item (id INT NOT NULL AUTO_INCREMENT, name TEXT, PRIMARY KEY (id)) ENGINE=InnoDB AUTO_INCREMENT=7 COMMENT='x';
        INSERT INTO item VALUES (1,'a');
        CREATE VIEW names AS SELECT name FROM item;

        """;

    [Theory]
    [InlineData("(1,'a')", "(1,'b'),(2,'c')")]
    [InlineData("AUTO_INCREMENT=7 ", "AUTO_INCREMENT=1234 ")]
    [InlineData("AUTO_INCREMENT=7 ", "")]
    [InlineData("INSERT INTO item VALUES (1,'a');", "")]
    [InlineData("CREATE VIEW", "/* as it was */ CREATE  VIEW")]
    [InlineData("INSERT INTO", "CREATE TABLE gone (id INT);\nDROP TABLE gone;\nINSERT INTO")]
    public void Stay_where_only_rows_or_counters_differ(string from, string to) => Assert.Equal(Of(Shop), Of(Changed(from, to)));

    [Theory]
    [InlineData("name TEXT", "name VARCHAR(20)", "table shop.item")]
    [InlineData("COMMENT='x'", "COMMENT='y'", "table shop.item")]
    [InlineData("SELECT name", "SELECT id", "view shop.names")]
    [InlineData("CREATE VIEW names AS SELECT name FROM item;", "", "view shop.names")]
    [InlineData("INSERT INTO", "CREATE TABLE more (id INT);\nINSERT INTO", "table shop.more")]
    [InlineData("INSERT INTO", "CREATE TRIGGER t BEFORE INSERT ON item FOR EACH ROW SET @a = 1;\nINSERT INTO", "trigger shop.t")]
    [InlineData("INSERT INTO", "CREATE SEQUENCE s START WITH 1;\nINSERT INTO", "sequence shop.s")]
    public void Change_with_what_is_defined(string from, string to, string what)
    {
        var (before, after) = (Inspect(Shop), Inspect(Changed(from, to)));

        Assert.NotEqual(before.SchemaVersion, after.SchemaVersion);
        var differing = before.Structure.Keys.Union(after.Structure.Keys).Where(key => before.Structure.GetValueOrDefault(key) != after.Structure.GetValueOrDefault(key));
        Assert.Equal(what, Assert.Single(differing));
    }

    static string Changed(string from, string to)
    {
        Assert.Contains(from, Shop, StringComparison.Ordinal);
        return Shop.Replace(from, to, StringComparison.Ordinal);
    }

    static string Of(string dump) => Inspect(dump).SchemaVersion;

    static DumpSummary Inspect(string text)
    {
        using var dump = new Dump(text);
        return DumpInspector.Inspect([dump.File], new(), SilentReporter.Instance, default);
    }
}
