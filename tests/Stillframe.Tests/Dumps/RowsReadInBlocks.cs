using System.Text;
using Stillframe.Dumps;
using Stillframe.TestRuns;

namespace Stillframe.Tests.Dumps;

/// <summary>64 bytes at once are read as each of them alone, whatever stands in them.</summary>
public sealed class RowsReadInBlocks
{
    /// <summary>What a row may have, and what it may not, in no order.</summary>
    static readonly string[] Pieces =
    [
        "(", ")", ",", "),(", ",", "'", "''", "\\", "\\\\", "\\'", "NULL", "NULL,", "NULL)", "NUL", "LLUN", "N", "-", "--", "-- x\n", "#", "/", "/*", "*/", "/*!40000 1 */", ";", "\"", "`", "\n", " ", "0x1F", "1e5", "_binary ", "x'00'", ":=", "@a",
        "'it\\'s'", "'a''b'", "'\\\\'", "12345", "-1.5", "é", "now()", "DEFAULT", "'" + new string('x', 61), new string('7', 60), "\\N", "'(),;--NULL'",
    ];

    [Fact]
    public void Have_the_same_tuples_and_traits()
    {
        var random = Seed.Random(11);
        for (var i = 0; i < 200_000; i++)
        {
            var text = Encoding.UTF8.GetBytes("INSERT INTO `t` VALUES " + (random.Next(2) == 0 ? Rows(random) : Text(random, 30)));
            var modes = random.Next(8) == 0 ? LexicalModes.NoBackslashEscapes : random.Next(8) == 0 ? LexicalModes.AnsiQuotes : LexicalModes.None;
            var slow = new TupleEnumerator(text, 23, modes, tries: 0);
            var fast = new TupleEnumerator(text, 23, modes);
            bool more;
            do
            {
                more = slow.MoveNext();
                Assert.True(more == fast.MoveNext() && slow.Current.SequenceEqual(fast.Current) && slow.Tail.SequenceEqual(fast.Tail) && slow.HasSpace == fast.HasSpace && slow.Traits == fast.Traits,
                    $"seed {Seed.Value}, {i}, {modes}: {Encoding.UTF8.GetString(text)}: {Encoding.UTF8.GetString(fast.Current)} instead of {Encoding.UTF8.GetString(slow.Current)}");
            }
            while (more);
        }
    }

    [Fact]
    public void Are_cut_into_the_same_statements()
    {
        var random = Seed.Random(12);
        for (var i = 0; i < 30_000; i++)
        {
            var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => "INSERT INTO t VALUES " + (random.Next(2) == 0 ? Rows(random) : Text(random, 20)) + ";\n")));
            var modes = random.Next(8) == 0 ? LexicalModes.NoBackslashEscapes : LexicalModes.None;
            var (slow, fast) = (Cut(new OneByOne(text), modes), Cut(new MemoryStream(text), modes));
            Assert.True(slow == fast, $"seed {Seed.Value}, {i}, {modes}: {Encoding.UTF8.GetString(text)}\n{fast}\ninstead of\n{slow}");
        }
    }

    static string Cut(Stream text, LexicalModes modes)
    {
        var found = new StringBuilder();
        try
        {
            var splitter = new StatementSplitter(new ByteWindow(text, "f", new()), "f", _ => { }) { Modes = modes };
            while (splitter.MoveNext(out var statement))
                found.Append(statement.Location).Append(statement.Ended).Append(statement.ClientCommand).AppendLine(Encoding.UTF8.GetString(statement.Text.Span));
        }
        catch (StillframeException e)
        {
            found.Append(e.Location).Append(e.Code).AppendLine(e.Message);
        }

        return found.ToString();
    }

    /// <summary>There are never 64 bytes.</summary>
    sealed class OneByOne(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1));
    }

    static string Text(Random random, int pieces) => string.Concat(Enumerable.Range(0, random.Next(pieces)).Select(_ => Pieces[random.Next(Pieces.Length)]));

    /// <summary>As a tool writes them, here and there with something else.</summary>
    static string Rows(Random random) => string.Join(random.Next(3) == 0 ? ",\n" : ",", Enumerable.Range(0, random.Next(1, 9)).Select(_ => "(" + string.Join(',', Enumerable.Range(0, random.Next(1, 9)).Select(_ => Value(random))) + ")"));

    static string Value(Random random) => random.Next(12) switch
    {
        0 => "NULL",
        1 => "'" + Text(random, 4).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", random.Next(2) == 0 ? "''" : "\\'", StringComparison.Ordinal) + "'",
        2 => "'" + new string('\\', 2 * random.Next(40)) + "'",
        3 when random.Next(20) == 0 => Pieces[random.Next(Pieces.Length)],
        < 7 => random.Next(-100, 100_000).ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => "'" + new string((char)('a' + random.Next(26)), random.Next(70)) + "'",
    };
}
