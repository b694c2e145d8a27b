using System.Globalization;

namespace Stillframe.Layers;

/// <summary>Writes layers. Equal entries give equal bytes, whatever the machine, the time and the order they come in.</summary>
static class LayerWriter
{
    /// <param name="outputFile">Made, or replaced as a whole; nothing is left of a layer that could not be finished.</param>
    /// <exception cref="StillframeException">SF3001.</exception>
    public static async Task<Layer> WriteAsync(LayerPlan plan, string outputFile, LayerOptions options, CancellationToken cancellationToken)
    {
        await using var file = new LayerFile(outputFile, options.Compression);
        var tar = new TarOutput(file, options.Time, options.Progress);
        foreach (var entry in LayerOrder.Of(plan.Entries))
            await tar.WriteAsync(entry, cancellationToken);
        await tar.EndAsync(cancellationToken);
        return await file.CompleteAsync(plan.Name, cancellationToken: cancellationToken);
    }

    /// <summary>Writes several layers into a directory, some at a time; the result is in the order of the plans.</summary>
    /// <exception cref="StillframeException">SF3001.</exception>
    public static async Task<IReadOnlyList<Layer>> WriteAllAsync(
        IReadOnlyList<LayerPlan> plans, string directory, LayerOptions options, IReporter reporter, CancellationToken cancellationToken)
    {
        var layers = new Layer[plans.Count];
        var progress = new PackProgress(plans, options.Progress, reporter);
        options = options with { Progress = progress };
        var settings = new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken };
        await System.Threading.Tasks.Parallel.ForAsync(0, plans.Count, settings, async (i, token) =>
        {
            var file = Path.Combine(directory, i.ToString("000", CultureInfo.InvariantCulture) + ".layer");
            layers[i] = await WriteAsync(plans[i], file, options, token);
            reporter.Message(Importance.Low, $"Packed {plans[i].Name}: {ByteCount.Text(layers[i].UncompressedSize)}, compressed {ByteCount.Text(layers[i].Descriptor.Size)}.");
        });
        progress.Done(layers);
        return layers;
    }
}
