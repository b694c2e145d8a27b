using System.Diagnostics;
using Stillframe.Oci;

namespace Stillframe.Destinations;

/// <summary>Counts what a push does and says so, a line for each blob and every few seconds in between. Safe from several threads.</summary>
sealed class PushProgress(IReadOnlyList<Blob> blobs, IReporter reporter)
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    readonly Lock gate = new();
    readonly Stopwatch sinceLine = Stopwatch.StartNew();
    long moved;

    public int Sent { get; private set; }

    public long BytesSent { get; private set; }

    public int Mounted { get; private set; }

    public int Skipped { get; private set; }

    public void SkippedAll() => Skipped = blobs.Count;

    public void AddSkipped(Blob blob)
    {
        lock (gate)
        {
            Skipped++;
            Line(Importance.Normal, blob, "is there already");
        }
    }

    public void AddMounted(Blob blob)
    {
        lock (gate)
        {
            Mounted++;
            Line(Importance.Normal, blob, $"mounted from {blob.Origin!.Repository}");
        }
    }

    public void AddSent(Blob blob)
    {
        lock (gate)
        {
            Sent++;
            BytesSent += blob.Descriptor.Size;
            Line(Importance.High, blob, "sent");
        }
    }

    /// <summary>So many bytes went out.</summary>
    public void Moved(long bytes)
    {
        lock (gate)
        {
            moved += bytes;
            if (sinceLine.Elapsed < Interval)
                return;
            sinceLine.Restart();
            reporter.Message(Importance.High, $"Pushing: {ByteCount.Text(moved)} of up to {ByteCount.Text(blobs.Sum(blob => blob.Descriptor.Size))} sent.");
        }
    }

    void Line(Importance importance, Blob blob, string what)
    {
        sinceLine.Restart();
        reporter.Message(importance, $"Blob {Sent + Mounted + Skipped} of {blobs.Count}, {blob.Descriptor.Digest.Hex[..12]}, {ByteCount.Text(blob.Descriptor.Size)}: {what}.");
    }
}
