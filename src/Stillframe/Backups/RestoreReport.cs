using System.Globalization;

namespace Stillframe.Backups;

/// <summary>What a restore came to.</summary>
/// <param name="Source">That was restored.</param>
/// <param name="DataVersion">Of the dump.</param>
/// <param name="Server">That it was restored into.</param>
public sealed record RestoreReport(string Source, string DataVersion, string Server, int Tables, long Rows)
{
    /// <summary>Tables that only their number of rows could be compared of.</summary>
    public required IReadOnlyList<string> CountedTables { get; init; }

    /// <summary>From the first statement to the last.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>For people.</summary>
    public IEnumerable<string> Lines()
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"Restored {Source}: {Tables:N0} {(Tables == 1 ? "table" : "tables")}, {Rows:N0} rows in {Duration.TotalSeconds:N1} s; {Tables - CountedTables.Count:N0} have the checksum of the master.");
        if (CountedTables.Count > 0)
            yield return $"Compared by the number of rows alone (another server, a FLOAT, a virtual column, or a dump without checksums): {string.Join(", ", CountedTables.Take(10))}{(CountedTables.Count > 10 ? $" and {CountedTables.Count - 10} more" : "")}.";
    }
}
