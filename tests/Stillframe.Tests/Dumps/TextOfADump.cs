using System.Text;
using Stillframe.Dumps;

namespace Stillframe.Tests.Dumps;

public class TextOfADump
{
    [Theory]
    [InlineData("SELECT 1; SELECT 2;", "SELECT 1|SELECT 2")]
    [InlineData("SELECT 1;;\n ; SELECT 2", "SELECT 1|SELECT 2")]
    [InlineData("\uFEFFSELECT 1;\r\n\r\nSELECT 2\r\n;\r\n", "SELECT 1|SELECT 2")]
    [InlineData("SELECT ';';SELECT \";\";SELECT `;`;", "SELECT ';'|SELECT \";\"|SELECT `;`")]
    [InlineData(@"SELECT 'it\'s;';SELECT 'it''s;';", @"SELECT 'it\'s;'|SELECT 'it''s;'")]
    [InlineData("SELECT \"\\\";\";SELECT \"\"\";\";", "SELECT \"\\\";\"|SELECT \"\"\";\"")]
    [InlineData(@"SELECT '\\';SELECT `\`;", @"SELECT '\\'|SELECT `\`")]
    [InlineData("SELECT '-- no';SELECT '/* no';SELECT '# no';", "SELECT '-- no'|SELECT '/* no'|SELECT '# no'")]
    [InlineData("SELECT x'3b', b'1', 0x3B, N'a', _utf8'b';", "SELECT x'3b', b'1', 0x3B, N'a', _utf8'b'")]
    [InlineData("SELECT \\N;", "SELECT \\N")]
    [InlineData("# a;\n-- b;\n/* c; */ SELECT 1 -- ; d\n, 2 # ;\n, 3 /* ; */;", "SELECT 1 -- ; d\n, 2 # ;\n, 3 /* ; */")]
    [InlineData("SELECT 5--3;SELECT 5 --\n3;", "SELECT 5--3|SELECT 5 --\n3")]
    [InlineData("SELECT 1 -- it's\n;SELECT 2 /* it's */;", "SELECT 1 -- it's|SELECT 2 /* it's */")]
    [InlineData("SELECT 1 -- end of file", "SELECT 1 -- end of file")]
    [InlineData("--\n--x\nSELECT 1;--", "SELECT 1")]
    [InlineData("/*!40101 SET a=1; */;/*M!100100 SELECT ';' /* ; */ */;", "SET a=1;|SELECT ';' /* ; */")]
    [InlineData("/*!40101 SELECT '*/;' */;SELECT 2;", "SELECT '*/;'|SELECT 2")]
    [InlineData("/*+ hint; */ SELECT 1;SELECT 2 */ 3;", "SELECT 1|SELECT 2 */ 3")]
    [InlineData("/*M!999999\\- enable the sandbox mode */ \n-- x\nSELECT 1;", "SELECT 1")]
    [InlineData("/*!999999\\- enable the sandbox mode */\nSELECT 1;", "SELECT 1")]
    [InlineData("DELIMITER ;;\nSELECT 1; SELECT 2;;\nSELECT 3 ;;\nDELIMITER ;\nSELECT 4;", "SELECT 1; SELECT 2|SELECT 3|SELECT 4")]
    [InlineData("delimiter //\r\nSELECT 'a//b' / 2 //\r\n/* // */ SELECT 2//\r\ndelimiter ;\r\nSELECT 3;", "SELECT 'a//b' / 2|SELECT 2|SELECT 3")]
    [InlineData("DELIMITER \"$$\" rest\nSELECT $1 $$ DELIMITER ;\nSELECT 2;", "SELECT $1|SELECT 2")]
    [InlineData("use shop\nSELECT 1;USE `a;b`; SELECT 2;", "use shop|SELECT 1|USE `a;b`|SELECT 2")]
    [InlineData("SELECT delimiter FROM t;", "SELECT delimiter FROM t")]
    public void Is_cut_where_a_client_would_cut_it(string text, string statements) =>
        Assert.Equal(statements.Split('|'), Dump.Statements(text).Select(one => one.Text));

    [Theory]
    [InlineData("gbk", new byte[] { 0xBF, 0x5C })]
    [InlineData("sjis", new byte[] { 0x83, 0x5C })]
    [InlineData("cp932", new byte[] { 0x83, 0x5C })]
    [InlineData("big5", new byte[] { 0xA5, 0x5C })]
    public void Takes_a_backslash_for_a_part_of_its_character(string charset, byte[] character)
    {
        byte[] rows = [.. "INSERT INTO t VALUES ('"u8, .. character, .. "'),('"u8, .. character, .. "\\';')"u8];
        foreach (var size in (int[])[1, 2, 3, 7, 1 << 20])
        {
            var read = Dump.Statements([.. Encoding.ASCII.GetBytes($"SET NAMES {charset};"), .. rows, .. ";SELECT 2;"u8], new() { BufferSize = size });
            Assert.Equal([Encoding.Latin1.GetString(rows), "SELECT 2"], read.Skip(1).Select(one => one.Text));
        }
    }

    [Theory]
    [InlineData("SELECT 'a\r\nb';", "SELECT 'a\nb'", StatementKind.Other)]
    [InlineData("INSERT INTO t VALUES ('a\r\nb'),\r\n(2);", "INSERT INTO t VALUES ('a\nb'),\n(2)", StatementKind.Rows)]
    [InlineData("INSERT INTO t VALUES ('a'),\r\n(2);", "INSERT INTO t VALUES ('a'),\r\n(2)", StatementKind.Rows)]
    [InlineData("INSERT INTO t VALUES ('a\rb\\r\\n');", "INSERT INTO t VALUES ('a\rb\\r\\n')", StatementKind.Rows)]
    public void Has_line_ends_as_the_client_sends_them(string text, string sent, StatementKind kind)
    {
        var read = Assert.Single(Dump.Statements(text));
        Assert.Equal((sent, kind), (read.Text, read.Kind));
    }

    [Fact]
    public void Keeps_every_byte_of_a_string()
    {
        var raw = Enumerable.Range(0, 256).Select(b => (byte)b).Where(b => b is not ((byte)'\'' or (byte)'\\')).ToArray();
        byte[] text = [.. "INSERT INTO t VALUES ('"u8, .. raw, .. "');SELECT 2;"u8];
        var read = Dump.Statements(text);
        Assert.Equal(Encoding.Latin1.GetString(text[..^10]), read[0].Text);
        Assert.Equal("SELECT 2", read[1].Text);
    }

    [Theory]
    [InlineData("SET sql_mode='NO_BACKSLASH_ESCAPES';")]
    [InlineData("SET SESSION sql_mode = 'STRICT_ALL_TABLES,no_backslash_escapes';")]
    [InlineData("/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_BACKSLASH_ESCAPES' */;")]
    [InlineData("SET @@session.sql_mode = CONCAT(@@sql_mode, ',NO_BACKSLASH_ESCAPES');")]
    [InlineData("SET sql_mode='NO_BACKSLASH_ESCAPES'; SET @a=@@sql_mode; SET sql_mode=''; SET sql_mode=@a;")]
    [InlineData("SET NAMES utf8, @@sql_mode='NO_BACKSLASH_ESCAPES';")]
    public void Takes_backslashes_as_they_are_where_the_mode_says_so(string set)
    {
        var read = Dump.Statements(set + @"SELECT '\';SELECT 2;");
        Assert.Equal([@"SELECT '\'", "SELECT 2"], read.TakeLast(2).Select(one => one.Text));
    }

    [Theory]
    [InlineData("SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_BACKSLASH_ESCAPES';SET SQL_MODE=@OLD_SQL_MODE;")]
    [InlineData("SET sql_mode='NO_BACKSLASH_ESCAPES';SET sql_mode=DEFAULT;")]
    [InlineData("SET sql_mode='NO_BACKSLASH_ESCAPES';SET sql_mode=REPLACE(@@sql_mode, 'NO_BACKSLASH_ESCAPES', '');")]
    [InlineData("/*!50700 SET sql_mode='NO_BACKSLASH_ESCAPES' */;")]
    [InlineData("SELECT 'SET sql_mode=NO_BACKSLASH_ESCAPES';")]
    public void Takes_backslashes_as_escapes_otherwise(string set)
    {
        var read = Dump.Statements(set + @"SELECT '\';';SELECT 2;");
        Assert.Equal([@"SELECT '\';'", "SELECT 2"], read.TakeLast(2).Select(one => one.Text));
    }

    [Fact]
    public void Takes_double_quotes_as_names_with_ANSI_QUOTES()
    {
        var read = Dump.Statements("SET sql_mode=ANSI_QUOTES;INSERT INTO \"my\\\".\"t;\"\"u\" VALUES (1);SELECT 2;");
        Assert.Equal((StatementKind.Rows, "my\\", "t;\"u"), (read[1].Kind, read[1].Schema, read[1].Table));
        Assert.Equal("SELECT 2", read[2].Text);
    }

    [Fact]
    public void Tells_line_and_offset()
    {
        var read = Dump.Statements("-- é\n\n  SELECT 1;\r\nSELECT\n2; SELECT 3;\n/* x\n\n*/ SELECT 'a\nb';\nSELECT 5;");
        Assert.Equal([(3L, 9L), (4, 20), (5, 30), (8, 49), (10, 63)], read.Select(one => (one.Line, one.Offset)));
    }

    [Fact]
    public void Is_the_same_whatever_the_buffer()
    {
        var golden = Dump.Golden("mysqldump-8.0.sql");
        var whole = Dump.Statements(golden);
        for (var size = 1; size < 200; size += size < 40 ? 1 : 9)
            Assert.Equal(whole, Dump.Statements(golden, new DumpOptions { BufferSize = size }));
        Assert.Equal(whole, Dump.Statements(golden, new DumpOptions { BufferSize = golden.Length }));
    }

    [Fact]
    public void Is_the_same_for_grammar_points_at_every_buffer_boundary()
    {
        var text = "\uFEFF-- c\n/* x */ SET sql_mode='ANSI_QUOTES';/*!40101 SELECT 'a\\'b' /* ; */ -- ;\n */;\nDELIMITER $$$\nSELECT 1 $$ --;\n$$$\n"
            + "DELIMITER ;\n/*M!999999\\- s */\nuse a\nINSERT INTO `a``b` VALUES ('x''y\\\\',\"q\"),(--1\n-1);SELECT 5--3 # e\n;";
        var whole = Dump.Statements(text);
        Assert.Equal(6, whole.Count);
        for (var padding = 0; padding < 70; padding++)
        {
            for (var size = 1; size < 40; size += 3)
            {
                var read = Dump.Statements(new string(' ', padding) + text[1..], new DumpOptions { BufferSize = size });
                Assert.Equal(whole.Select(one => (one.Kind, one.Text)), read.Select(one => (one.Kind, one.Text)));
            }
        }
    }

    [Fact]
    public void Is_refused_where_one_statement_is_too_large()
    {
        var error = Dump.Error("SELECT 1;\nINSERT INTO t VALUES ('" + new string('x', 5000) + "');", new DumpOptions { MaximumStatementSize = 1000, BufferSize = 64 });
        Assert.Equal((ErrorCodes.StatementTooLarge, 2L), (error.Code, error.Location!.Line));
    }
}
