using System.Diagnostics;
using System.Globalization;
using Stillframe.Dumps;

namespace Stillframe.Backups;

/// <summary>Says how far a restore is: a line for each table, and every few seconds in between. Safe from several threads.</summary>
/// <param name="all">Compressed bytes of all tables.</param>
sealed class RestoreProgress(int tables, long all, IReporter reporter)
{
    static readonly TimeSpan interval = TimeSpan.FromSeconds(3);

    readonly Lock only = new();
    readonly Stopwatch sinceLine = Stopwatch.StartNew();
    long text, bytes;
    int done;

    /// <summary>The server has taken a statement of so many bytes.</summary>
    public void Sent(TableName table, int length)
    {
        lock (only)
        {
            text += length;
            if (sinceLine.Elapsed < interval)
                return;
            sinceLine.Restart();
            reporter.Message(Importance.High, $"Restoring {table}: {ByteCount.Text(text)} of statements so far, {done} of {tables} tables");
        }
    }

    public void Done(TableRows rows)
    {
        lock (only)
        {
            (done, bytes) = (done + 1, bytes + rows.Bytes);
            sinceLine.Restart();
            reporter.Message(
                Importance.Normal,
                string.Create(CultureInfo.InvariantCulture, $"Restored {rows.Table.Name}: {rows.Table.Rows:N0} rows ({done} of {tables} tables, {(all > 0 ? 100 * bytes / all : 100)} %)"));
        }
    }
}
