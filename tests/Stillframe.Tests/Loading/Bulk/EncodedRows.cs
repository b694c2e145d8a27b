using System.Text;
using Stillframe.Dumps;
using Stillframe.Loading.Bulk;

namespace Stillframe.Tests.Loading.Bulk;

public class EncodedRows
{
    static readonly ColumnRule Number = new(Numbers.Integers), Text = new(Numbers.None), Bytes = new(Numbers.None, Bytes: true);

    [Theory]
    [InlineData("INSERT INTO t VALUES (1,'a',NULL)", "1\ta\t\\N\n")]
    [InlineData("INSERT INTO `t` VALUES\n(1,'a',0x4D),\n(2,'b\tc',_binary 'M\\0')", "1\ta\tM\n2\tb\\tc\tM\\0\n")]
    [InlineData("insert into t values ( -7 , \"it's\" , b'01001101' ) , (NULL,_utf8mb4'é',x'')", "-7\tit's\tM\n\\N\té\t\n")]
    public void Rows_become_lines(string sql, string lines) => Assert.Equal(lines, Encode([Number, Text, Bytes], [sql]));

    [Fact]
    public void Statements_follow_one_another() =>
        Assert.Equal("1\n2\n3\n4\n", Encode([Number], ["INSERT INTO t VALUES (1),(2)", "INSERT INTO t VALUES (3)", "INSERT  INTO t VALUES (4)"]));

    [Theory]
    [InlineData("INSERT INTO t VALUES (1,'a')")]
    [InlineData("INSERT INTO t VALUES (1,'a',NULL,2)")]
    [InlineData("INSERT INTO t VALUES (1,'a',DEFAULT)")]
    [InlineData("INSERT INTO t VALUES (1,CONCAT('a'),NULL)")]
    [InlineData("INSERT INTO t VALUES (1,'a' 'b',NULL)")]
    [InlineData("INSERT INTO t VALUES (1+1,'a',NULL)")]
    [InlineData("INSERT INTO t VALUES (1.5,'a',NULL)")]
    [InlineData("INSERT INTO t VALUES (1,0x61,NULL)")]
    [InlineData("INSERT INTO t VALUES (1,5,NULL)")]
    [InlineData("INSERT INTO t VALUES (1,_latin1'a',NULL)")]
    [InlineData("INSERT INTO t VALUES (1,'a',NULLIF(1,1))")]
    [InlineData("INSERT INTO t VALUES (@a,'a',NULL)")]
    [InlineData("INSERT INTO t VALUES (1,'a',NULL) ON DUPLICATE KEY UPDATE b = 1")]
    [InlineData("INSERT INTO t (a, b, c) VALUES (1,'a',NULL)")]
    public void What_only_SQL_can_say_does_not_travel(string sql) =>
        Assert.Throws<NotBulkLoadableException>(() => Encode([Number, Text, Bytes], [sql]));

    [Fact]
    public void Null_does_not_travel_where_it_has_a_meaning_of_its_own() =>
        Assert.Throws<NotBulkLoadableException>(() => Encode([Number with { Null = false }], ["INSERT INTO t VALUES (NULL)"]));

    [Fact]
    public void The_output_comes_in_pieces()
    {
        var statement = Encoding.UTF8.GetBytes("INSERT INTO t VALUES " + string.Join(',', Enumerable.Range(0, 1000).Select(n => $"({n})")));
        var encoder = new RowEncoder([Number], default, "utf8mb4", LexicalModes.None);
        encoder.Start(statement);
        var (text, pieces, more) = (new StringBuilder(), 0, true);
        while (more)
        {
            more = encoder.Continue(statement, 100);
            Assert.InRange(encoder.Output.Length, 0, 110);
            text.Append(Encoding.UTF8.GetString(encoder.Output.Written.Span));
            encoder.Output.Clear();
            pieces++;
        }

        Assert.True(pieces > 30);
        Assert.Equal(string.Concat(Enumerable.Range(0, 1000).Select(n => $"{n}\n")), text.ToString());
        Assert.Equal(1000, encoder.Rows);
    }

    [Theory]
    [InlineData("(685,'x')", true)]
    [InlineData("(900,'x'),(1,'y'),(900,'z')", true)]
    [InlineData("(1,'x'),(2,'y'),(1,'z')", false)]
    [InlineData("(-7,'x'),(-8,'y')", true)]
    [InlineData("(9,'x'),(10,'y')", false)]
    [InlineData("(18446744073709551614,'x'),(18446744073709551615,'y')", false)]
    public void What_the_first_row_counts_is_compared_with_all_others(string rows, bool most)
    {
        var encoder = new RowEncoder([Number, Text], default, "utf8mb4", LexicalModes.None, counted: 0);
        foreach (var statement in rows.Replace("),(", ")|(", StringComparison.Ordinal).Split('|').Select(row => Encoding.UTF8.GetBytes($"INSERT INTO t VALUES {row}")))
        {
            encoder.Start(statement);
            Assert.False(encoder.Continue(statement, int.MaxValue));
        }

        Assert.Equal(most, encoder.FirstCountsMost);
    }

    [Fact]
    public void Without_a_counted_column_nothing_is_compared()
    {
        var statement = "INSERT INTO t VALUES (5)"u8;
        var encoder = new RowEncoder([Number], default, "utf8mb4", LexicalModes.None);
        encoder.Start(statement);
        encoder.Continue(statement, int.MaxValue);
        Assert.False(encoder.FirstCountsMost);
    }

    static string Encode(ColumnRule[] rules, string[] statements)
    {
        var encoder = new RowEncoder(rules, default, "utf8mb4", LexicalModes.None);
        foreach (var statement in statements)
        {
            var text = Encoding.UTF8.GetBytes(statement);
            encoder.Start(text);
            Assert.False(encoder.Continue(text, int.MaxValue));
        }

        return Encoding.UTF8.GetString(encoder.Output.Written.Span);
    }
}

public class NamesOfColumns
{
    [Theory]
    [InlineData("(`a`,`b``c`, d )", "a|b`c|d")]
    [InlineData("(\"x\"\"y\",z_1)", "x\"y|z_1")]
    public void Names_come_without_quotes(string list, string names) => Assert.Equal(names.Split('|'), ColumnNames.Parse(list));

    [Theory]
    [InlineData("(`a")]
    [InlineData("(a b)")]
    [InlineData("(t.a)")]
    public void Unusual_lists_are_left_to_the_server(string list) => Assert.Throws<NotBulkLoadableException>(() => ColumnNames.Parse(list).ToList());
}

public class TimedStatements
{
    [Fact]
    public void Tables_come_before_rows_and_what_is_made_of_them_after()
    {
        var timing = new StatementTiming();
        Assert.Equal(nameof(Timing.Both), Time(timing, StatementKind.Session, "SET NAMES utf8mb4"));
        Assert.Equal(nameof(Timing.BeforeRows), Time(timing, StatementKind.CreateTable, "CREATE TABLE t (a INT)"));
        Assert.Equal(nameof(Timing.BeforeRows), Time(timing, StatementKind.AlterTable, "ALTER TABLE t ADD b INT"));
        timing.SawRows(Statement(StatementKind.Rows, "INSERT INTO t VALUES (1)"));
        Assert.Equal(nameof(Timing.AfterRows), Time(timing, StatementKind.AlterTable, "ALTER TABLE t ADD KEY (a)"));
        Assert.Equal(nameof(Timing.AfterRows), Time(timing, StatementKind.Trigger, "CREATE TRIGGER r BEFORE INSERT ON t FOR EACH ROW SET @a = 1"));
        Assert.Equal(nameof(Timing.Never), Time(timing, StatementKind.KeysToggle, "ALTER TABLE t ENABLE KEYS"));
        Assert.Equal(nameof(Timing.Both), Time(timing, StatementKind.Other, "ALTER DATABASE d CHARACTER SET latin1"));
        Assert.Equal(nameof(Timing.BeforeRows), Time(timing, StatementKind.Other, "CREATE SEQUENCE s"));
    }

    [Fact]
    public void A_placeholder_goes_after_the_rows_with_its_drop_and_its_view()
    {
        var timing = new StatementTiming();
        Assert.Equal(nameof(Timing.BeforeRows), Time(timing, StatementKind.DropTable, "DROP TABLE IF EXISTS t"));
        Assert.Equal(nameof(Timing.AfterRows), Time(timing, StatementKind.ViewPlaceholder, "CREATE TABLE t (a INT)"));
        Assert.Equal(nameof(Timing.AfterRows), Time(timing, StatementKind.DropTable, "DROP TABLE IF EXISTS t"));
        Assert.Equal(nameof(Timing.AfterRows), Time(timing, StatementKind.View, "CREATE VIEW t AS SELECT 1"));
    }

    [Fact]
    public void A_table_that_is_made_again_keeps_the_dump_in_its_order()
    {
        var timing = new StatementTiming();
        timing.SawRows(Statement(StatementKind.Rows, "INSERT INTO t VALUES (1)"));
        Assert.Throws<OrderMattersException>(() => Time(timing, StatementKind.DropTable, "DROP TABLE t"));
        Assert.Throws<OrderMattersException>(() => timing.Of(Statement(StatementKind.DropSchema, "DROP DATABASE d")));
    }

    static string Time(StatementTiming timing, StatementKind kind, string text) => timing.Of(Statement(kind, text)).ToString();

    static DumpStatement Statement(StatementKind kind, string text) =>
        new() { Kind = kind, Text = Encoding.UTF8.GetBytes(text), Location = new("d.sql"), Schema = "d", Table = "t" };
}
