using System.Text;
using Stillframe.Dumps;

namespace Stillframe.Tests.Dumps;

public class RowsOfAStatement
{
    [Theory]
    [InlineData("INSERT INTO `a` VALUES (1,'x'),(2,NULL)", "", "(1,'x')|(2,NULL)", "")]
    [InlineData("INSERT INTO a (`b`, c) VALUES\n(1,')('),\n(2,'a''),(b')", "(`b`, c)", "(1,')(')|(2,'a''),(b')", "")]
    [InlineData("REPLACE INTO a VALUES ('\\'),('),(\"\\\"\"\"),\"),(`x),`)", "", "('\\'),(')|(\"\\\"\"\"),\")|(`x),`)", "")]
    [InlineData("INSERT a VALUE (f(1,(2)),-1) , -- c)\n (3--1 /* ) */,x'29') # end", "", "(f(1,(2)),-1)|(3--1 /* ) */,x'29')", "")]
    [InlineData("INSERT INTO a VALUES (1,/*!50705 0x29,*/ 2)", "", "(1,/*!50705 0x29,*/ 2)", "")]
    [InlineData("INSERT INTO a () VALUES ()", "()", "()", "")]
    [InlineData("INSERT IGNORE INTO a PARTITION (p0) VALUES (1) ON DUPLICATE KEY UPDATE b=(1)", "", "(1)", "ON DUPLICATE KEY UPDATE b=(1)")]
    [InlineData("INSERT INTO a VALUES (1),(2", "", "(1)", "(2")]
    public void Are_cut_at_their_own_parentheses(string text, string columns, string tuples, string tail)
    {
        var rows = RowsStatement.Parse(Encoding.UTF8.GetBytes(text), LexicalModes.None);
        Assert.Equal(columns, Encoding.UTF8.GetString(rows.Columns));
        Assert.Equal((text[0] == 'R', text.Contains("IGNORE", StringComparison.Ordinal)), (rows.Replace, rows.Ignore));
        var found = new List<string>();
        var enumerator = rows.Tuples;
        while (enumerator.MoveNext())
            found.Add(Encoding.UTF8.GetString(enumerator.Current));
        Assert.Equal(tuples.Split('|'), found);
        Assert.Equal(tail, Encoding.UTF8.GetString(enumerator.Tail));
    }

    [Fact]
    public void Are_cut_by_the_modes_of_the_statement()
    {
        var tuples = RowsStatement.Parse(@"INSERT INTO a VALUES ('\'),('b')"u8, LexicalModes.NoBackslashEscapes).Tuples;
        Assert.True(tuples.MoveNext());
        Assert.Equal(@"('\')", Encoding.UTF8.GetString(tuples.Current));
    }
}
