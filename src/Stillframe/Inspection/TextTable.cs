using System.Globalization;

namespace Stillframe.Inspection;

/// <summary>Columns of text, aligned by spaces.</summary>
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

    /// <summary>Bytes as people read them: <c>16.4 kB</c>, <c>1.2 MB</c>; powers of 1000.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 999_950 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
        < 999_950_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.00} GB"),
    };
}
