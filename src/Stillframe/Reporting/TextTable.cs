namespace Stillframe.Reporting;

/// <summary>Columns of text, aligned by spaces.</summary>
/// <remarks>Own: packages for consoles draw borders and break lines at the terminal's width, and these lines are for pipes, too.</remarks>
/// <param name="columns">Headings; one that begins with <c>&lt;</c> is of a column of numbers.</param>
sealed class TextTable(params string[] columns)
{
    readonly List<string[]> rows = [[.. columns.Select(column => column.TrimStart('<'))]];

    public void Add(params string[] cells) => rows.Add(cells);

    public IEnumerable<string> Lines()
    {
        var widths = columns.Select((_, i) => rows.Max(row => row[i].Length)).ToArray();
        return rows.Select(row => string.Join("  ", row.Select((cell, i) => columns[i].StartsWith('<') ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd());
    }
}
