using System.Diagnostics;
using Stillframe.Benchmarks.Frames;
using Stillframe.Benchmarks.Results;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Oci;

namespace Stillframe.Benchmarks.Rows;

/// <summary>The same on a machine that has never seen the dump: all there is is the frame before, in the registry.</summary>
sealed class RebuildFromRegistry : IRow
{
    static readonly Line Time = new("the same, cache empty, previous frame in the registry", Bench.Earlier, "s", new Target.TimesLess(12));
    static readonly Line Bytes = new("bytes sent by it", "the changed table's layer", "MB", new Target.Allowance(1.2, 2));

    public string Name => "registry";

    public IReadOnlyList<Line> Lines => [Time, Bytes];

    public IReadOnlyList<string> Needs => ["docker-registry"];

    sealed record Round(double Seconds, double PushSeconds, double SentMegabytes, double LayerMegabytes, string Note);

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var dump = await bench.TwentyTablesAsync();
        var earlier = await bench.EarlierBuildAsync(dump);
        var clean = await bench.CleanBuildAsync(dump);
        await using var registry = await LocalRegistry.StartAsync();
        var previous = Reference.Parse($"{registry.Host}/bench:previous");
        await FrameBuilds.PushAsync(clean.Frame, previous, cancellationToken);
        var before = await LayersAsync(clean.Frame, cancellationToken);

        var rounds = new List<Round>();
        while (rounds.Count < bench.Sizes.Rounds)
            rounds.Add(await RebuildAsync(bench, dump, previous, before, cancellationToken));
        double Median(Func<Round, double> of) => Quantity.Median(rounds.Select(of));
        return
        [
            Time.Measured(Median(round => round.Seconds), earlier.Seconds, FormattableString.Invariant($"ours with its push, {Median(round => round.PushSeconds):0.0} s; the other without one")),
            Bytes.Measured(Median(round => round.SentMegabytes), Median(round => round.LayerMegabytes), rounds[0].Note),
        ];
    }

    static async Task<Round> RebuildAsync(Bench bench, BenchDump dump, Reference previous, IReadOnlyList<Descriptor> before, CancellationToken cancellationToken)
    {
        var revision = bench.NextRevision();
        await dump.ChangeAsync(revision, cancellationToken);
        bench.Builds.EmptyObjectCache();
        var clock = Stopwatch.StartNew();
        var build = await FrameBuilds.BuildAsync(FrameBuilds.After(bench.Builds.Request(dump.Path), previous), cancellationToken);
        var delivery = await FrameBuilds.PushAsync(build.Frame, previous.WithTag($"revision-{revision}"), cancellationToken);
        var seconds = clock.Elapsed.TotalSeconds;

        var layers = await LayersAsync(build.Frame, cancellationToken);
        Directory.Delete(build.Frame.LayoutDirectory, recursive: true);
        // the table's, and a few small ones
        var added = layers.ExceptBy(before.Select(layer => layer.Digest), layer => layer.Digest).ToList();
        return new(
            seconds,
            seconds - build.Seconds,
            delivery.BytesSent / 1e6,
            added.Max(layer => layer.Size) / 1e6,
            $"{delivery.BlobsSent} blobs sent, {delivery.BlobsSkipped} there already; {added.Count} of {layers.Count} layers are new");
    }

    static async Task<IReadOnlyList<Descriptor>> LayersAsync(FrameBuild frame, CancellationToken cancellationToken) =>
        [.. (await ImageLayout.ReadAsync(frame.LayoutDirectory, cancellationToken: cancellationToken)).Layers.Select(layer => layer.Descriptor)];
}
