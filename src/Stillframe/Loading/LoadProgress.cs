using System.Globalization;
using Stillframe.Dumps;

namespace Stillframe.Loading;

/// <summary>
/// Says every few seconds how far a build's load is, and of all tables when it is done. It counts each table's rows by the bytes that the dump has of them, and none
/// twice. Safe to call from several threads.
/// </summary>
sealed class LoadProgress(IReporter reporter, TimeProvider time)
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    readonly Lock only = new();
    readonly Dictionary<TableName, long> loaded = [];
    Dictionary<TableName, long> whole = [];
    bool begun;
    long start, next;

    public LoadProgress(IReporter reporter)
        : this(reporter, TimeProvider.System) { }

    /// <summary>These are loaded now; where others were before, in vain, it says so.</summary>
    public void Begin(IReadOnlyList<DumpTable> tables)
    {
        lock (only)
        {
            loaded.Clear();
            whole = tables.ToDictionary(table => table.FullName, table => table.RowBytes);
            (start, next) = (time.GetTimestamp(), Ticks(Interval));
            reporter.Message(Importance.High, $"{(!begun ? "Loading" : "Loading once more, as a whole,")} {Count(tables.Count, "table")}, {ByteCount.Text(Whole)} of rows");
            begun = true;
        }
    }

    /// <summary>The server has taken a statement's rows, as long as this.</summary>
    public void Rows(TableName table, int bytes)
    {
        lock (only)
        {
            if (!whole.TryGetValue(table, out var all))
                return;
            // the statement has words of its own, which are no rows
            loaded[table] = Math.Min(all, loaded.GetValueOrDefault(table) + bytes);
            if (Elapsed < next)
                return;
            next = Elapsed + Ticks(Interval);
            var share = Whole > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({100 * Loaded / Whole} %)") : "";
            reporter.Message(Importance.High, $"Loading {table.Name}: {ByteCount.Text(Loaded)} of {ByteCount.Text(Whole)}{share}, {Rate(Loaded)}");
        }
    }

    /// <summary>A table is loaded anew.</summary>
    public void StartOver(TableName table)
    {
        lock (only)
            loaded.Remove(table);
    }

    /// <summary>All of it is loaded anew.</summary>
    public void StartOver()
    {
        lock (only)
            loaded.Clear();
    }

    public void Done(long rows)
    {
        lock (only)
            reporter.Message(
                Importance.High,
                string.Create(CultureInfo.InvariantCulture, $"Loaded {Count(whole.Count, "table")}, {Count(rows, "row")}, {ByteCount.Text(Whole)} in {Seconds:N1} s ({Rate(Whole)})"));
    }

    long Loaded => loaded.Values.Sum();

    long Whole => whole.Values.Sum();

    long Elapsed => time.GetTimestamp() - start;

    double Seconds => time.GetElapsedTime(start).TotalSeconds;

    long Ticks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);

    string Rate(long bytes) => ByteCount.Text((long)(bytes / Math.Max(Seconds, 0.001))) + "/s";

    static string Count(long number, string of) => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {of}{(number == 1 ? "" : "s")}");
}
