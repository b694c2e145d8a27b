using System.Text;

namespace Stillframe.MSBuild;

/// <summary>
/// Lines in a terminal on which MSBuild's terminal logger is at work, which shows warnings and errors, but no message of a task. They are put above
/// its live line, and cursor and live line move down together: it draws relative to the cursor, and goes on as if nothing had happened.
/// </summary>
/// <param name="write">Writes a text in one go, as the logger writes from a thread of its own.</param>
/// <param name="size">Columns and rows of the terminal.</param>
sealed class TerminalLines(Action<string> write, Func<(int Columns, int Rows)> size)
{
    const string Indentation = "  "; // as the logger's own lines have it

    const int NarrowestWidth = 20;

    /// <summary>Set by MSBuild for its targets, as those of 'dotnet test' ask for it.</summary>
    const string LoggerVariable = "_MSBUILDTLENABLED";

    static readonly TerminalLines? shared = Find();

    /// <summary>Null where another logger shows messages itself, or nothing is shown at all.</summary>
    public static TerminalLines? Shared => Environment.GetEnvironmentVariable(LoggerVariable) == "1" ? shared : null;

    public void Write(string text)
    {
        var (columns, height) = size();
        var rows = text.ReplaceLineEndings("\n").Split('\n').SelectMany(line => Rows(Printable(line), Math.Max(NarrowestWidth, columns) - 1));
        // of more, the live line would scroll out at the top
        foreach (var some in rows.Chunk(Math.Max(1, height - 2)))
            write(Insertion(some));
    }

    static string Insertion(string[] rows)
    {
        var output = new StringBuilder();
        output.Append('\n', rows.Length); // makes room, also at the bottom of the screen
        output.Append(Invariant($"\e[{rows.Length + 1}F")); // to the live line
        output.Append(Invariant($"\e[{rows.Length}L")); // which moves down
        foreach (var row in rows)
            output.Append(row).Append('\n');
        return output.Append("\e[1E").ToString(); // behind the live line, where the logger left the cursor
    }

    static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>Lines as they fit, so that it is known how many there are: broken at a space where there is one.</summary>
    static IEnumerable<string> Rows(string line, int columns)
    {
        var rest = Indentation + line;
        while (rest.Length > columns)
        {
            var space = rest.LastIndexOf(' ', columns, columns - Indentation.Length - 2);
            var end = space > Indentation.Length ? space : columns;
            yield return rest[..end];
            rest = Indentation + Indentation + rest[end..].TrimStart(' ');
        }

        yield return rest;
    }

    /// <summary>Names come from dumps: none of them may steer the terminal.</summary>
    static string Printable(string line) => string.Concat(line.Select(character => character == '\t' ? ' ' : char.IsControl(character) ? '\ufffd' : character));

    static TerminalLines? Find()
    {
        if (OperatingSystem.IsWindows())
            return Console.IsOutputRedirected ? null : new(Console.Out.Write, Size);
        try
        {
            // and not standard output, which is nobody's where MSBuild builds a project in a process of its own
            var terminal = new FileStream("/dev/tty", new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Write, Share = FileShare.ReadWrite, BufferSize = 0 });
            return new(text => terminal.Write(Encoding.UTF8.GetBytes(text)), Size);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // no terminal belongs to this process
        }
    }

    static (int Columns, int Rows) Size()
    {
        const int UsualColumns = 80, UsualRows = 24;
        return Console.IsOutputRedirected ? (UsualColumns, UsualRows) : (Console.WindowWidth, Console.WindowHeight);
    }
}
