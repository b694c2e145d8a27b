using System.Diagnostics;
using Stillframe.Benchmarks.Frames;
using Stillframe.Benchmarks.Results;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Images;
using Stillframe.Registries;

namespace Stillframe.Benchmarks.Rows;

/// <summary>The same on a machine that has never seen the dump: all there is is the frame before, in the registry.</summary>
sealed class RebuildFromRegistry : IRow
{
    static readonly Line Time = new("the same, cache empty, previous frame in the registry", "our clean build", "s", new Target.TimesLess(6));
    static readonly Line Bytes = new("bytes sent by it", "the changed table's layer", "MB", new Target.Allowance(1.2, 2));

    public string Name => "registry";

    public IReadOnlyList<Line> Lines => [Time, Bytes];

    public IReadOnlyList<string> Needs => ["docker-registry"];

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var dump = await bench.TwentyTablesAsync();
        var clean = await bench.CleanBuildAsync(dump);
        await using var registry = await LocalRegistry.StartAsync();
        var previous = Reference.Parse($"{registry.Host}/bench:1");
        var before = await ImageLayout.ReadAsync(clean.Frame.LayoutDirectory, cancellationToken: cancellationToken);
        await FrameBuilds.PushAsync(clean.Frame, previous, cancellationToken);

        await dump.ChangeAsync(bench.NextRevision(), cancellationToken);
        bench.Builds.EmptyObjectCache();
        var clock = Stopwatch.StartNew();
        var build = await FrameBuilds.BuildAsync(FrameBuilds.After(bench.Builds.Request(dump.Path), previous), cancellationToken);
        var delivery = await FrameBuilds.PushAsync(build.Frame, previous.WithTag("2"), cancellationToken);
        var seconds = clock.Elapsed.TotalSeconds;

        // what is new is the table's layer and a few small ones
        var known = before.Layers.Select(layer => layer.Descriptor.Digest).ToHashSet();
        var after = await ImageLayout.ReadAsync(build.Frame.LayoutDirectory, cancellationToken: cancellationToken);
        var added = after.Layers.Where(layer => !known.Contains(layer.Descriptor.Digest)).Select(layer => layer.Descriptor.Size).ToList();
        Directory.Delete(build.Frame.LayoutDirectory, recursive: true);
        return
        [
            Time.Measured(seconds, clean.Seconds, FormattableString.Invariant($"ours with its push, {seconds - build.Seconds:0.0} s; the clean build without one")),
            Bytes.Measured(delivery.BytesSent / 1e6, added.Max() / 1e6, $"{delivery.BlobsSent} blobs sent, {delivery.BlobsSkipped} there already; {added.Count} of {after.Layers.Count} layers are new"),
        ];
    }
}
