using System.Text;
using Stillframe.Dumps;
using Stillframe.Loading.Bulk;

namespace Stillframe.Tests.Dumps;

/// <summary>A build reads a dump more than once; it must be the same one each time, whatever its modification time says.</summary>
public sealed class DumpsReadTwice : IDisposable
{
    const string Text = "CREATE TABLE a (i int);\nINSERT INTO a VALUES (1);\nINSERT INTO a VALUES (2);\n";

    readonly Dump dump = new(Text);
    readonly TemporaryDirectory work = TemporaryDirectory.Create();

    [Fact]
    public void Are_read_again_where_they_are_the_same() => Assert.Equal(3, ReadAgain().Count());

    [Theory]
    [InlineData("CREATE TABLE a (i int);\nINSERT INTO a VALUES (1);\nINSERT INTO a VALUES (3);\n")]
    [InlineData("CREATE TABLE a (i int);\nINSERT INTO a VALUES (1);\nINSERT INTO a VALUES (2);\n\n")]
    [InlineData("CREATE TABLE a (i int);\nINSERT INTO a VALUES (1);\n")]
    public void Are_refused_where_they_were_replaced(string other)
    {
        var reading = ReadAgain();
        Replace(other);
        var error = Assert.Throws<StillframeException>(() => reading.Count());
        Assert.Equal((ErrorCodes.DumpReplaced, dump.File), (error.Code, error.Location!.File));
    }

    [Theory]
    [InlineData("CREATE TABLE a (i int);\nINSERT INTO a VALUES (1);\nINSERT INTO a VALUES (3);\n", 3)]
    [InlineData("CREATE TABLE a (i int);\nINSERT INTO a VALUES (9);\nINSERT INTO a VALUES (2);\n", 2)]
    [InlineData("CREATE TABLE a (i int);\nINSERT INTO a VALUES (1);\n", 2)]
    public void Are_refused_where_their_rows_were_replaced(string other, long line)
    {
        using var spool = new RowSpool(work.Path);
        var script = DumpScript.Read([dump.File], new(), spool, default);
        Replace(other);
        using var reader = new RowSegmentReader();
        var error = Assert.Throws<StillframeException>(() => reader.Read(script.Tables.Single().Segments.Single(), default).Count());
        Assert.Equal((ErrorCodes.DumpReplaced, line), (error.Code, error.Location!.Line));
    }

    public void Dispose()
    {
        dump.Dispose();
        work.Dispose();
    }

    IEnumerable<DumpStatement> ReadAgain()
    {
        var summary = DumpInspector.Inspect([dump.File], new(), SilentReporter.Instance, default);
        return DumpReader.Read([dump.File], new() { ReadBefore = summary.Files }, SilentReporter.Instance, default);
    }

    void Replace(string text)
    {
        var time = File.GetLastWriteTimeUtc(dump.File);
        File.WriteAllBytes(dump.File, Encoding.UTF8.GetBytes(text));
        File.SetLastWriteTimeUtc(dump.File, time);
    }
}
