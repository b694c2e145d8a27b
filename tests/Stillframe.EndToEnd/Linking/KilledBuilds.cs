using System.Diagnostics;
using System.Globalization;
using Stillframe.EndToEnd.Engines;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.EndToEnd.Linking;

/// <summary>Killed at random moments, builds leave the registry with a whole frame under its tag, and a cache that the next build can use.</summary>
[Trait(Soaking.Category, Soaking.Soak)]
public sealed class KilledBuilds : IDisposable
{
    static int Times => Soaking.Times(2, 100);

    readonly LinkBench bench = new();

    [Trait(Soaking.Turn, Soaking.Odd)]
    [NeedsFact(Need.Apt, Need.Registry)]
    public async Task Leave_cache_and_registry_right()
    {
        await using var registry = await LocalRegistry.StartAsync();
        var reference = $"{registry.Host}/shop-db:latest";
        var before = await LinkChild.PublishAsync(Request("before", SmallDump.Tables, reference), reference);
        var tables = new Dictionary<string, string>(SmallDump.Tables) { ["zebra"] = "CREATE TABLE `zebra` (`id` int PRIMARY KEY, `v` varchar(80)) ENGINE=InnoDB;\n" + SmallDump.Rows("zebra", 400) };
        tables["basket"] += SmallDump.Rows("basket", 10, 9000);
        var after = Request("after", tables, reference);
        var clock = Stopwatch.StartNew();
        await RunAsync(after with { LayoutDirectory = bench.PathOf("first") }, reference, null);
        var whole = clock.Elapsed;
        var expected = await DigestAsync(reference);
        Assert.NotEqual(before.Build.Digest, expected?.ToString());

        var random = Seed.Random();
        for (var time = 0; time < Times; time++)
        {
            await SetTagAsync(reference, Digest.Parse(before.Build.Digest));
            if (time % 2 == 0)
                DeleteObjects();
            var killedAfter = whole * random.NextDouble();
            await RunAsync(after with { LayoutDirectory = bench.PathOf("killed") }, reference, killedAfter);

            var about = string.Create(CultureInfo.InvariantCulture, $"seed {Seed.Value}, killed after {killedAfter.TotalMilliseconds:0} of {whole.TotalMilliseconds:0} ms");
            await AssertNothingRunsAsync(about);
            var left = await DigestAsync(reference);
            Assert.True(left == expected || left?.ToString() == before.Build.Digest, $"{about}: the tag is at {left}");
            await AssertWholeAsync(reference, about);

            await SetTagAsync(reference, Digest.Parse(before.Build.Digest));
            var next = await LinkChild.PublishAsync(after with { LayoutDirectory = bench.PathOf($"next{time}") }, reference);
            Assert.True(next.Build.Digest == expected!.ToString(), $"{about}: the next build gave {next.Build.Digest}");
            Assert.Empty(Directory.EnumerateFileSystemEntries(bench.PathOf("work")));
            Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(bench.Cache, "objects", "new")));
        }
    }

    public void Dispose() => bench.Dispose();

    FrameRequest Request(string name, IReadOnlyDictionary<string, string> tables, string reference) =>
        LinkChild.Request(bench.Write(name + ".sql", SmallDump.Of(tables)), bench.PathOf(name), bench.Cache, bench.PathOf("work"), reference);

    void DeleteObjects()
    {
        foreach (var kind in Directory.EnumerateDirectories(Path.Combine(bench.Cache, "objects")).Where(path => Path.GetFileName(path) != "new"))
            Directory.Delete(kind, recursive: true);
    }

    /// <summary>To its end where no time is given.</summary>
    static async Task RunAsync(FrameRequest request, string reference, TimeSpan? killAfter)
    {
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet",
            [
                typeof(LinkChild).Assembly.Location, LinkChild.Name, request.Dumps[0], request.LayoutDirectory, request.Engine.CacheDirectory, request.Engine.WorkDirectory!, reference,
            ]))!;
        if (killAfter is { } time)
        {
            await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(time));
            process.Kill();
        }

        await process.WaitForExitAsync();
    }

    /// <summary>A server follows its build at once; one that was making its system tables sees the end of its input, and ends by itself.</summary>
    Task AssertNothingRunsAsync(string about) => Eventually.IsTrueAsync(
        () => !Bench.ProcessesWith(bench.PathOf("work")).Any(),
        () => $"{about}: still running: {string.Join(" | ", Bench.ProcessesWith(bench.PathOf("work")))}");

    static async Task<Digest?> DigestAsync(string reference)
    {
        using var client = Client(reference, RegistryAccess.Pull);
        return await client.FindManifestAsync(Reference.Parse(reference).Tag!, default);
    }

    static async Task SetTagAsync(string reference, Digest digest)
    {
        using var client = Client(reference, RegistryAccess.Push);
        var manifest = (await client.GetManifestAsync(digest.ToString(), default))!;
        await client.PutManifestAsync(Reference.Parse(reference).Tag!, manifest.MediaType, manifest.Bytes, default);
    }

    /// <summary>Reads every byte of it.</summary>
    async Task AssertWholeAsync(string reference, string about)
    {
        var cache = new BlobCache(bench.PathOf(Path.GetRandomFileName()));
        var (image, _) = await new RegistryBaseImages(cache, new(), SilentReporter.Instance).FindAsync(reference, default);
        foreach (var blob in image.Layers)
        {
            await using var stream = await blob.Open(default);
            Assert.True(stream.Length == blob.Descriptor.Size, about);
        }

        Directory.Delete(cache.Directory, recursive: true);
    }

    static RegistryClient Client(string reference, RegistryAccess access)
    {
        var parsed = Reference.Parse(reference);
        return new(parsed.Registry, parsed.Repository, access, new(), SilentReporter.Instance);
    }
}
