using System.Diagnostics;

namespace Stillframe.Layers;

/// <summary>Says every few seconds how far packing is. Safe from several threads.</summary>
sealed class PackProgress(IReadOnlyList<LayerPlan> plans, IProgress<long>? also, IReporter reporter) : IProgress<long>
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    readonly Lock gate = new();
    readonly Stopwatch sinceLine = Stopwatch.StartNew();
    readonly long total = plans.Sum(plan => plan.Entries.OfType<LayerEntry.File>().Sum(file => new FileInfo(file.HostPath).Length));
    long done;

    public void Report(long value)
    {
        also?.Report(value);
        lock (gate)
        {
            done += value;
            if (sinceLine.Elapsed < Interval)
                return;
            sinceLine.Restart();
            reporter.Message(Importance.High, $"Packing: {ByteCount.Text(done)} of {ByteCount.Text(total)}.");
        }
    }

    public void Done(IReadOnlyList<Layer> layers) => reporter.Message(
        Importance.Normal,
        $"Packed {layers.Count} layers: {ByteCount.Text(layers.Sum(layer => layer.UncompressedSize))}, compressed {ByteCount.Text(layers.Sum(layer => layer.Descriptor.Size))}.");
}
