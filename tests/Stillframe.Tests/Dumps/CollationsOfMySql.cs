using Stillframe.Dumps;

namespace Stillframe.Tests.Dumps;

public class CollationsOfMySql
{
    [Theory]
    [InlineData("CREATE TABLE a (\n  t text\n) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;", "utf8mb4_0900_ai_ci", 3)]
    [InlineData("CREATE TABLE a (\n  t text COLLATE UTF8MB4_0900_BIN\n);", "UTF8MB4_0900_BIN", 2)]
    [InlineData("CREATE TABLE a (t text) COLLATE 'utf8mb4_de_pb_0900_as_cs';", "utf8mb4_de_pb_0900_as_cs", 1)]
    [InlineData("CREATE TABLE a (i int);\n/*!50001 SET collation_connection = utf8mb4_0900_ai_ci */;", "utf8mb4_0900_ai_ci", 2)]
    [InlineData("CREATE DATABASE x COLLATE utf8mb4_ja_0900_as_cs;\nCREATE TABLE x.a (i int);", "utf8mb4_ja_0900_as_cs", 1)]
    public void Are_told_at_the_check_with_their_line(string text, string name, long line)
    {
        var warnings = new Warnings();
        using var dump = new Dump(text);
        var summary = DumpInspector.Inspect([dump.File], new(), warnings, default);
        Assert.Equal((name, line), (summary.Collation!.Name, summary.Collation.Location.Line));
        var (code, said, at) = Assert.Single(warnings.All);
        Assert.Equal((ErrorCodes.CollationUnknown, line), (code, at));
        Assert.Contains(name, said, StringComparison.Ordinal);
        Assert.Contains("DatabaseBaseImage", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CREATE TABLE a (t text COMMENT 'not utf8mb4_0900_ai_ci');")]
    [InlineData("CREATE TABLE a (t text); INSERT INTO a VALUES ('utf8mb4_0900_ai_ci');")]
    [InlineData("CREATE TABLE a (t text) COLLATE=utf8mb4_unicode_520_ci;")]
    [InlineData("CREATE TABLE a (t text) /*!80000 COLLATE=utf8mb4_0900_ai_ci */;")]
    public void Are_not_seen_where_no_statement_asks_for_one(string text) => Assert.Null(Dump.Summary(text).Collation);

    [Theory]
    [InlineData("10.11.19", false)]
    [InlineData("11.4.4", false)]
    [InlineData("11.4.5", true)]
    [InlineData("11.6.9", false)]
    [InlineData("11.7.1", false)]
    [InlineData("11.7.2", true)]
    [InlineData("11.8.3", true)]
    [InlineData("12.0.1", true)]
    public void Are_known_to_newer_servers(string version, bool known) => Assert.Equal(known, MySqlCollation.IsKnownTo(Version.Parse(version)));

    sealed class Warnings : IReporter
    {
        public List<(string Code, string Text, long Line)> All { get; } = [];

        public void Message(Importance importance, string text) { }

        public void Warning(string code, string text, SourceLocation? location = null) => All.Add((code, text, location!.Line));
    }
}
