using System.Text;
using Stillframe.Dumps;

namespace Stillframe.Tests.Dumps;

public class FilesThatAreNoDump
{
    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF \n")]
    [InlineData("-- nothing\n/* at all */\n;;")]
    public void Are_refused_when_empty(string text)
    {
        Assert.Equal(ErrorCodes.DumpEmpty, Dump.Error(text).Code);
        Assert.Equal(ErrorCodes.DumpEmpty, Dump.Error(Dump.Gzip(Encoding.UTF8.GetBytes(text))).Code);
    }

    [Fact]
    public void Are_refused_when_missing()
    {
        using var dump = new Dump("SELECT 1;");
        foreach (var path in new[] { dump.File + "x", Path.GetDirectoryName(dump.File)!, Path.Combine(dump.File, "x") })
        {
            var error = Assert.Throws<StillframeException>(() => DumpInspector.Inspect([path], new(), SilentReporter.Instance, default));
            Assert.Equal((ErrorCodes.DumpMissing, path), (error.Code, error.Location!.File));
        }
    }

    [Theory]
    [InlineData(new byte[] { 0x28, 0xb5, 0x2f, 0xfd, 0 }, "zstd")]
    [InlineData(new byte[] { 0xfd, 0x37, 0x7a, 0x58, 0x5a, 0 }, "xz")]
    [InlineData(new byte[] { 0x42, 0x5a, 0x68, 0x39 }, "bzip2")]
    [InlineData(new byte[] { 0x50, 0x4b, 3, 4 }, "zip")]
    [InlineData(new byte[] { 0xff, 0xfe, 0x2d, 0 }, "UTF-16")]
    public void Are_refused_by_what_they_are(byte[] bytes, string what)
    {
        var error = Dump.Error(bytes);
        Assert.Equal(ErrorCodes.DumpMissing, error.Code);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT 1;")]
    [InlineData("INSERT INTO a VALUES (1);")]
    [InlineData("CREATE VIEW v AS SELECT 1 AS a;")]
    [InlineData("/*!50001 CREATE TABLE `v` (\n  `a` tinyint NOT NULL\n) ENGINE=MyISAM */;/*!50001 DROP TABLE IF EXISTS `v`*/;CREATE VIEW v AS SELECT 1 AS a;")]
    [InlineData("CREATE TABLE a (i int); DROP TABLE a;")]
    [InlineData("CREATE TEMPORARY TABLE a (i int);")]
    [InlineData("/*!80000 CREATE TABLE a (i int) */;")]
    [InlineData("-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)\n-- Dump completed\n")]
    public void Are_refused_without_a_table(string text) => Assert.Equal(ErrorCodes.DumpWithoutTable, Dump.Error(text).Code);

    [Fact]
    public void Need_a_table_only_once_over_all_files()
    {
        using var schema = new Dump("USE x;CREATE TABLE a (i int);");
        using var rows = new Dump("INSERT INTO x.a VALUES (1);");
        Assert.Equal(1, DumpInspector.Inspect([schema.File, rows.File], new(), SilentReporter.Instance, default).Tables[0].Rows);
    }

    [Fact]
    public void Give_nothing_but_clear_errors()
    {
        var random = Seed.Random();
        var alphabet = "'\"`/*!M-#\\;()@,\n 0aDELIMITERSETcreatetable\u0000"u8.ToArray();
        var golden = Dump.Golden("mysqldump-8.0.sql");
        var options = new DumpOptions { RefusedStatements = RefusedStatements.Skip, BufferSize = 7 };
        for (var round = 0; round < 1500; round++)
        {
            var bytes = new byte[random.Next(300)];
            if (round % 3 == 0)
                random.NextBytes(bytes);
            else if (round % 3 == 1)
                random.GetItems(alphabet, bytes);
            else
            {
                bytes = (byte[])golden.Clone();
                for (var change = random.Next(1, 20); change > 0; change--)
                    bytes[random.Next(bytes.Length)] = alphabet[random.Next(alphabet.Length)];
            }

            try
            {
                using var dump = new Dump(bytes);
                DumpInspector.Inspect([dump.File], options, SilentReporter.Instance, default);
            }
            catch (StillframeException e)
            {
                Assert.Matches("^SF10\\d\\d$", e.Code);
            }
        }
    }
}
