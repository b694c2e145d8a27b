using System.Diagnostics;
using Stillframe.Benchmarks.Frames;
using Stillframe.Benchmarks.Results;
using Stillframe.Dumps;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Oci;

namespace Stillframe.Benchmarks.Rows;

/// <summary>The data version is in the registry already: there is only a tag to set. The machine has no frame of it.</summary>
sealed class NothingChanged : IRow
{
    static readonly Line Whole = new("nothing changed, build and push", Bench.Earlier, "s", new Target.TimesLess(40));
    static readonly Line AfterFingerprint = new("nothing changed, once the dump is fingerprinted", null, "s", new Target.Under(1));

    public string Name => "unchanged";

    public IReadOnlyList<Line> Lines => [Whole, AfterFingerprint];

    public IReadOnlyList<string> Needs => ["docker-registry"];

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var dump = await bench.TwentyTablesAsync();
        var earlier = await bench.EarlierBuildAsync(dump);
        await bench.Builds.CacheAsync(dump.Path, cancellationToken);
        await using var registry = await LocalRegistry.StartAsync();
        var current = Reference.Parse($"{registry.Host}/bench:1");
        // the dump may have been changed since the clean build
        var present = await FrameBuilds.BuildAsync(bench.Builds.Request(dump.Path), cancellationToken);
        await FrameBuilds.PushAsync(present.Frame, current, cancellationToken);
        Directory.Delete(present.Frame.LayoutDirectory, recursive: true);

        List<double> reading = [], after = [];
        for (var round = 0; round < bench.Sizes.Rounds; round++)
        {
            var request = FrameBuilds.After(bench.Builds.Request(dump.Path), current);
            var clock = Stopwatch.StartNew();
            var summary = DumpInspector.Inspect(request.Dumps, new() { DefaultSchema = request.Schema }, SilentReporter.Instance, cancellationToken);
            reading.Add(clock.Elapsed.TotalSeconds);
            clock.Restart();
            var build = await FrameBuilds.BuildAsync(request, cancellationToken, summary);
            await FrameBuilds.PushAsync(build.Frame, current.WithTag($"again-{round}"), cancellationToken);
            after.Add(clock.Elapsed.TotalSeconds);
            Directory.Delete(build.Frame.LayoutDirectory, recursive: true);
        }

        var (fingerprint, rest) = (Quantity.Median(reading), Quantity.Median(after));
        return
        [
            Whole.Measured(fingerprint + rest, earlier.Seconds, FormattableString.Invariant($"{fingerprint:0.00} s of it read the dump, which an MSBuild project leaves out while the file's time and size stay; the rest alone is {earlier.Seconds / rest:0.0} times faster than that build")),
            AfterFingerprint.Measured(rest, null),
        ];
    }
}
