using System.Diagnostics;
using Stillframe.Benchmarks.Results;
using Stillframe.Destinations;
using Stillframe.Dumps;
using Stillframe.Engines;
using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Loading;
using Stillframe.Oci;

namespace Stillframe.Benchmarks.Frames;

/// <summary>A build and the seconds it took.</summary>
sealed record TimedBuild(double Seconds, FrameBuild Frame);

/// <summary>Builds with the embedded engine, whose server is unpacked before any clock starts.</summary>
sealed class FrameBuilds(string workDirectory, string cacheDirectory)
{
    public static readonly ReaderAccount Reader = new("bench", "", AllowEmptyPassword: true);

    string? cached;
    int layouts;

    public FrameRequest Request(string dump) => new()
    {
        Dumps = [dump],
        Schema = "bench",
        Engine = new(EngineKind.Embedded, null, null, cacheDirectory, workDirectory),
        Reader = Reader,
        LayoutDirectory = Path.Combine(workDirectory, $"layout-{Interlocked.Increment(ref layouts)}"),
    };

    /// <summary>Unpacks the server, and has the code compiled, by a build of next to nothing.</summary>
    public async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        var dump = await BenchDump.WriteAsync(Path.Combine(workDirectory, "tiny.sql"), megabytes: 1, tables: 2, cancellationToken);
        await BuildAsync(Request(dump.Path), cancellationToken);
    }

    /// <summary>Several builds with an empty object cache, of which the last one's frame stays; the time in the middle counts.</summary>
    public async Task<TimedBuild> CleanAsync(string dump, int rounds, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        for (var round = 1; ; round++)
        {
            EmptyObjectCache();
            var build = await BuildAsync(Request(dump), cancellationToken);
            cached = dump;
            times.Add(build.Seconds);
            if (round == rounds)
                return build with { Seconds = Quantity.Median(times) };
            Directory.Delete(build.Frame.LayoutDirectory, recursive: true);
        }
    }

    /// <summary>Sees to it that the object cache has what a build of this dump left there.</summary>
    public async Task CacheAsync(string dump, CancellationToken cancellationToken)
    {
        if (cached == dump)
            return;
        var build = await CleanAsync(dump, rounds: 1, cancellationToken);
        Directory.Delete(build.Frame.LayoutDirectory, recursive: true);
    }

    public void EmptyObjectCache()
    {
        cached = null;
        var objects = Path.Combine(cacheDirectory, "objects");
        if (Directory.Exists(objects))
            Directory.Delete(objects, recursive: true);
    }

    public static async Task<TimedBuild> BuildAsync(FrameRequest request, CancellationToken cancellationToken, DumpSummary? summary = null)
    {
        var clock = Stopwatch.StartNew();
        var frame = await FrameBuilder.BuildAsync(request, SilentReporter.Instance, cancellationToken, summary);
        return new(clock.Elapsed.TotalSeconds, frame);
    }

    /// <summary>The same request on a machine that may look at the frame before this one.</summary>
    public static FrameRequest After(FrameRequest request, Reference previous) => request with { Previous = new(previous, new()) };

    public static async Task<Delivery> PushAsync(FrameBuild frame, Reference reference, CancellationToken cancellationToken) =>
        await new RegistryDestination(reference, new()).DeliverAsync(
            await ImageLayout.ReadAsync(frame.LayoutDirectory, cancellationToken: cancellationToken), [reference.Tag!], SilentReporter.Instance, cancellationToken);
}
