using System.Diagnostics;
using System.Globalization;

namespace Stillframe.Loading;

/// <summary>Says every few seconds how far the load is, and of all tables when it is done. Safe to call from several threads.</summary>
sealed class LoadProgress
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    readonly Lock only = new();
    readonly IReporter reporter;
    readonly int tables;
    readonly long totalBytes;
    readonly Stopwatch clock = Stopwatch.StartNew();
    TimeSpan next = Interval;
    string table = "";
    long loaded;

    public LoadProgress(IReporter reporter, int tables, long totalBytes)
    {
        (this.reporter, this.tables, this.totalBytes) = (reporter, tables, totalBytes);
        reporter.Message(Importance.High, $"Loading {tables} tables, {Size(totalBytes)} of rows");
    }

    /// <summary>Bytes of row text that the server has taken.</summary>
    public void Rows(string? name, int bytes)
    {
        lock (only)
        {
            table = name ?? table;
            loaded += bytes;
            if (clock.Elapsed < next)
                return;
            next = clock.Elapsed + Interval;
            var share = totalBytes > 0 ? $" ({Math.Min(100, 100 * loaded / totalBytes)} %)" : "";
            reporter.Message(Importance.High, $"Loading {table}: {Size(loaded)} of {Size(totalBytes)}{share}, {Rate()}");
        }
    }

    /// <summary>All of it is loaded anew.</summary>
    public void StartOver()
    {
        lock (only)
            loaded = 0;
    }

    public void Done(long rows) => reporter.Message(
        Importance.High,
        string.Create(CultureInfo.InvariantCulture, $"Loaded {tables} tables, {rows:N0} rows, {Size(loaded)} in {clock.Elapsed.TotalSeconds:N1} s ({Rate()})"));

    string Rate() => Size((long)(loaded / Math.Max(clock.Elapsed.TotalSeconds, 0.001))) + "/s";

    static string Size(long bytes) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(bytes < 10_000_000 ? bytes / 1e6 : Math.Round(bytes / 1e6)):0.#} MB");
}
