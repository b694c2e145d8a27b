using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Promises;

/// <summary>The table of README that says which promise is kept by which server on which engine: made by the test of this folder, column by column.</summary>
static class PromisesTable
{
    /// <summary>Set to 1, a test writes its column instead of comparing it.</summary>
    const string Variable = "STILLFRAME_TEST_WRITES_PROMISES";

    const string Begin = "<!-- promises: made by tests/Stillframe.EndToEnd/Promises -->", End = "<!-- end of promises -->";

    static readonly Lock writing = new();

    static string Path => Repository.PathOf("README.md");

    public static bool IsToBeWritten => Environment.GetEnvironmentVariable(Variable) == "1";

    /// <summary>What README says of one server on one engine, by promise; null for a release of which it says nothing, as another machine may have one.</summary>
    public static IReadOnlyDictionary<string, string>? Column(string name)
    {
        var rows = Rows(File.ReadAllText(Path));
        var column = Array.IndexOf(rows[0], name);
        return column < 0 ? null : rows.Skip(2).ToDictionary(row => row[0], row => row[column]);
    }

    public static void Write(string name, IReadOnlyDictionary<string, string> kept)
    {
        lock (writing)
        {
            var text = File.ReadAllText(Path);
            var rows = Rows(text).Select(row => row.ToList()).ToList();
            var column = rows[0].IndexOf(name);
            if (column < 0)
            {
                column = rows[0].Count;
                foreach (var row in rows)
                    row.Add("");
                rows[1][column] = "---";
            }

            rows[0][column] = name;
            rows.AddRange(kept.Keys.Where(promise => !rows.Any(row => row[0] == promise)).ToList().Select(promise => rows[0].Select((_, i) => i == 0 ? promise : "").ToList()));
            foreach (var row in rows.Skip(2))
                row[column] = kept.GetValueOrDefault(row[0], "");
            var lines = rows.Select(row => $"| {string.Join(" | ", row)} |");
            var (from, to) = Span(text);
            File.WriteAllText(Path, $"{text[..from]}\n{string.Join('\n', lines)}\n{text[to..]}");
        }
    }

    static List<string[]> Rows(string text)
    {
        var (from, to) = Span(text);
        return [.. text[from..to].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim().Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())];
    }

    static (int From, int To) Span(string text) => (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
}
