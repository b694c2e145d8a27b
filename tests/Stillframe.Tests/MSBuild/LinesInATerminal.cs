using Stillframe.MSBuild;

namespace Stillframe.Tests.MSBuild;

public class LinesInATerminal
{
    [Theory]
    [InlineData(10, 2)]
    [InlineData(4, 3)] // at the bottom, where the screen scrolls
    [InlineData(3, 1)]
    [InlineData(6, 30)] // more than there is room for
    public void Stand_above_the_live_line_and_leave_the_cursor_behind_it(int height, int lines)
    {
        var screen = new Screen(40, height);
        screen.Write("before\nlive (0.1s)\n");
        new TerminalLines(screen.Write, () => (40, height)).Write(string.Join(Environment.NewLine, Enumerable.Range(1, lines).Select(i => $"line {i}")));
        Assert.Equal(["before", .. Enumerable.Range(1, lines).Select(i => $"  line {i}"), "live (0.1s)", ""], screen.Lines);
        Assert.Equal(0, screen.Column);

        // the logger draws again, as it does thirty times a second: up to its line, over it, and down
        screen.Write("\e[1Flive (0.2s)\n");
        Assert.Equal("live (0.2s)", screen.Lines[^2]);
    }

    [Fact]
    public void Are_broken_where_the_terminal_is_too_narrow()
    {
        var screen = new Screen(30, 20);
        screen.Write("live\n");
        new TerminalLines(screen.Write, () => (30, 20)).Write("Pushed 127.0.0.1:5000/shop-db:1.0 " + new string('a', 40));
        Assert.Equal(["  Pushed", "    127.0.0.1:5000/shop-db:1.0"[..29], "    0", "    " + new string('a', 25), "    " + new string('a', 15), "live", ""], screen.Lines);
    }

    [Fact]
    public void Steer_no_terminal()
    {
        var screen = new Screen(60, 5);
        screen.Write("live\n");
        new TerminalLines(screen.Write, () => (60, 5)).Write("table \e[2Jx\u009b1m\ty");
        Assert.Equal(["  table \ufffd[2Jx\ufffd1m y", "live", ""], screen.Lines);
    }

    /// <summary>As much of a terminal as is asked for here; ECMA-48.</summary>
    sealed class Screen(int width, int height)
    {
        readonly List<string> scrolled = [];
        readonly List<string> rows = [.. Enumerable.Repeat("", height)];
        int row;

        public int Column { get; private set; }

        public IReadOnlyList<string> Lines => [.. scrolled, .. rows.Take(row + 1)];

        public void Write(string text)
        {
            for (var at = 0; at < text.Length; at++)
            {
                if (text[at] == '\n')
                    NewLine();
                else if (text[at] == '\e')
                {
                    var end = text.IndexOfAny(['F', 'L', 'E'], at);
                    Control(text[end], int.Parse(text[(at + 2)..end], System.Globalization.CultureInfo.InvariantCulture));
                    at = end;
                }
                else
                {
                    Assert.True(Column < width, "a row is longer than the terminal is wide");
                    rows[row] = rows[row].PadRight(Column)[..Column] + text[at] + (rows[row].Length > Column ? rows[row][(Column + 1)..] : "");
                    Column++;
                }
            }
        }

        void Control(char what, int count)
        {
            if (what == 'L')
            {
                rows.InsertRange(row, Enumerable.Repeat("", count));
                rows.RemoveRange(height, count);
                return;
            }

            row = Math.Clamp(row + (what == 'F' ? -count : count), 0, height - 1);
            Column = 0;
        }

        void NewLine()
        {
            Column = 0;
            if (++row < height)
                return;
            row--;
            scrolled.Add(rows[0]);
            rows.RemoveAt(0);
            rows.Add("");
        }
    }
}
