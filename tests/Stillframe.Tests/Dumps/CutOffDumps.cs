using System.Text;
using Stillframe.Dumps;

namespace Stillframe.Tests.Dumps;

public class CutOffDumps
{
    public static TheoryData<string> Goldens => new()
    {
        "mysqldump-5.7.sql", "mysqldump-8.0.sql", "mysqldump-9.sql", "mariadb-10.11.sql", "mariadb-10.11-single.sql", "mariadb-10.11-bare.sql",
    };

    [Theory]
    [MemberData(nameof(Goldens))]
    public void Are_refused_wherever_they_end(string golden)
    {
        var whole = Dump.Golden(golden);
        var version = Dump.Summary(whole).DataVersion;
        var mark = golden.Contains("bare", StringComparison.Ordinal) ? "SET SQL_NOTES=@OLD_SQL_NOTES */;"u8 : "-- Dump completed"u8;
        var meant = whole.AsSpan().LastIndexOf(mark) + mark.Length;
        // nothing of what it means is missing from there on
        foreach (var length in Enumerable.Range(meant, whole.Length - meant + 1))
            Assert.Equal(version, Dump.Summary(whole[..length]).DataVersion);
        using var dump = new Dump(whole);
        for (var length = meant - 1; length >= 0; length -= length > meant - 200 ? 1 : 7)
        {
            using (var file = File.OpenWrite(dump.File))
                file.SetLength(length);
            var error = Assert.Throws<StillframeException>(
                () => DumpInspector.Inspect([dump.File], new() { BufferSize = 1 << 14 }, SilentReporter.Instance, default));
            Assert.True(
                error.Code is ErrorCodes.DumpCutOff || (length < 600 && error.Code is ErrorCodes.DumpEmpty or ErrorCodes.DumpWithoutTable),
                $"{length}: {error.Code} {error.Message}");
            Assert.Equal(dump.File, error.Location!.File);
        }
    }

    [Theory]
    [InlineData("CREATE TABLE a (i int);\nINSERT INTO a VALUES ('abc", "inside a string", 2)]
    [InlineData("CREATE TABLE a (i int);\nINSERT INTO a VALUES ('abc\\'", "inside a string", 2)]
    [InlineData("CREATE TABLE a (i int);\nINSERT INTO a\nVALUES (\"abc", "inside a string", 3)]
    [InlineData("CREATE TABLE a (i int);\nINSERT INTO `a", "inside a quoted name", 2)]
    [InlineData("CREATE TABLE a (i int);\n\n/* abc", "inside a comment", 3)]
    [InlineData("CREATE TABLE a (i int);\nSELECT 1 /* abc", "inside a comment", 2)]
    [InlineData("CREATE TABLE a (i int);\n/*!40101 SET a=1;", "inside a comment", 2)]
    [InlineData("CREATE TABLE a (i int);\nDELIMITER ;;\nCREATE PROCEDURE p() BEGIN SELECT 1;", "inside a DELIMITER ;; block", 2)]
    [InlineData("CREATE TABLE a (i int);\nDELIMITER ;;\nCREATE PROCEDURE p() SELECT 1;;\n", "inside a DELIMITER ;; block", 2)]
    [InlineData("CREATE TABLE a (i int);\nINSERT INTO a VALUES (1),(2", "inside a statement", 2)]
    [InlineData("CREATE TABLE a (i int);\nINSERT INTO a VALUES (1),(2),", "inside a statement", 2)]
    [InlineData("CREATE TABLE a (i int,", "inside a statement", 1)]
    public void Of_any_origin_are_refused_where_something_is_open(string text, string where, long line)
    {
        var error = Dump.Error(text);
        Assert.Equal((ErrorCodes.DumpCutOff, line), (error.Code, error.Location!.Line));
        Assert.Contains(where, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CREATE TABLE a (i int)")]
    [InlineData("CREATE TABLE a (i int);\nINSERT INTO a VALUES (1)\n")]
    [InlineData("CREATE TABLE a (i int);\nINSERT INTO a VALUES (1) -- (")]
    public void By_hand_may_lack_the_last_delimiter(string text) => Assert.Single(Dump.Summary(text).Tables);

    [Fact]
    public void Are_found_where_one_follows_another()
    {
        var header = "-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)\n";
        Assert.Equal(ErrorCodes.DumpCutOff, Dump.Error($"{header}CREATE TABLE a (i int);\n{header}CREATE TABLE b (i int);\n-- Dump completed\n").Code);
        Assert.Equal(2, Dump.Summary($"{header}CREATE TABLE a (i int);\n-- Dump completed\n{header}CREATE TABLE b (i int);\n-- Dump completed\n").Tables.Count);
    }

    [Theory]
    [InlineData("mysqldump: [Warning] Using a password on the command line interface can be insecure.\n")]
    [InlineData("CREATE TABLE a (i int);\nmysqldump: Got error: 2013: Lost connection to MySQL server during query\n")]
    public void Hold_the_tools_own_words(string text)
    {
        var error = Dump.Error(text);
        Assert.Equal(ErrorCodes.DumpCutOff, error.Code);
        Assert.Contains("mysqldump: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compressed_are_refused_wherever_they_end()
    {
        var text = Dump.Golden("mariadb-10.11.sql");
        byte[][] files = [Dump.Gzip(text), [.. Dump.Gzip(text[..2000]), .. Dump.Gzip(text[2000..])]];
        foreach (var gzip in files)
        {
            Assert.Equal(Dump.Summary(text).DataVersion, Dump.Summary(gzip, name: "any").DataVersion);
            for (var length = 2; length < gzip.Length; length += length < 50 || length > gzip.Length - 50 ? 1 : 7)
                Assert.Equal((length, ErrorCodes.DumpGzipBroken), (length, Dump.Error(gzip[..length]).Code));
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(5)]
    [InlineData(1)]
    [InlineData(700)]
    public void Compressed_are_refused_where_a_byte_is_wrong(int fromEnd)
    {
        var gzip = Dump.Gzip(Dump.Golden("mariadb-10.11.sql"));
        gzip[^fromEnd] ^= 0x20;
        Assert.Equal(ErrorCodes.DumpGzipBroken, Dump.Error(gzip).Code);
    }

    [Fact]
    public void Compressed_by_hand_without_a_trailer_are_refused_too()
    {
        var gzip = Dump.Gzip(Encoding.UTF8.GetBytes("CREATE TABLE a (i int);\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"INSERT INTO a VALUES ({i});\n"))));
        for (var length = 2; length < gzip.Length; length += length < 100 || length > gzip.Length - 100 ? 1 : 997)
            Assert.Equal((length, ErrorCodes.DumpGzipBroken), (length, Dump.Error(gzip[..length]).Code));
    }
}
