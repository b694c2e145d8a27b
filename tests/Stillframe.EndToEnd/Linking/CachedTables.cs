using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Linking;

public sealed class CachedTables : IDisposable
{
    readonly LinkBench bench = new();

    [Trait(Soaking.Turn, Soaking.Even)]
    [NeedsFact(Need.Apt)]
    public async Task That_are_damaged_are_found_and_made_again()
    {
        var first = await bench.BuildAsync(Dump());
        var files = Directory.EnumerateFiles(Path.Combine(bench.Cache, "objects"), "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "lock").ToList();
        Assert.NotEmpty(files);
        foreach (var file in files)
            await DamageAsync(file);

        var again = await bench.BuildAsync(Dump(), request => request with { LayoutDirectory = bench.PathOf("again") });
        Assert.Equal(first.Digest, again.Digest);
        Assert.Contains(bench.Messages, line => line.Contains("is damaged", StringComparison.Ordinal));
        Assert.Equal(SmallDump.Tables.Count, bench.Compiled.Count);

        var cached = await bench.BuildAsync(Dump(), request => request with { LayoutDirectory = bench.PathOf("cached") });
        Assert.Equal(first.Digest, cached.Digest);
        Assert.Empty(bench.Compiled);
    }

    [Trait(Soaking.Turn, Soaking.Odd)]
    [NeedsFact(Need.Apt)]
    public async Task That_are_damaged_are_found_while_others_are_compiled()
    {
        await bench.BuildAsync(Dump());
        var layers = Directory.EnumerateFiles(Path.Combine(bench.Cache, "objects", "layer"), "0", SearchOption.AllDirectories).ToList();
        Assert.NotEmpty(layers);
        foreach (var layer in layers)
            await DamageAsync(layer);
        var changed = bench.Write("shop.sql", SmallDump.Of(new Dictionary<string, string>(SmallDump.Tables) { ["basket"] = SmallDump.Tables["basket"] + SmallDump.Rows("basket", 5, first: 5000) }));

        var again = await bench.BuildAsync(changed, request => request with { LayoutDirectory = bench.PathOf("again") });

        Assert.Contains(bench.Messages, line => line.Contains("is damaged", StringComparison.Ordinal));
        var clean = await bench.BuildAsync(changed, request => request with { LayoutDirectory = bench.PathOf("clean"), Engine = request.Engine with { CacheDirectory = bench.PathOf("another") } });
        Assert.Equal(clean.Digest, again.Digest);
    }

    [Trait(Soaking.Turn, Soaking.Even)]
    [NeedsFact(Need.Apt)]
    public async Task Of_a_cache_that_is_full_make_room()
    {
        await bench.BuildAsync(Dump(), request => request with { CacheLimit = 100_000 });
        var left = new DirectoryInfo(Path.Combine(bench.Cache, "objects")).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        Assert.InRange(left, 1, 100_000);
    }

    [NeedsFact(Need.Apt)]
    public async Task Are_shared_by_builds_at_the_same_time()
    {
        var builds = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => bench.BuildAsync(Dump(), request => request with { LayoutDirectory = bench.PathOf($"layout{i}") })));
        Assert.Single(builds.Select(build => build.Digest).Distinct());
        await bench.BuildAsync(Dump(), request => request with { LayoutDirectory = bench.PathOf("last") });
        Assert.Empty(bench.Compiled);
    }

    public void Dispose() => bench.Dispose();

    static async Task DamageAsync(string file)
    {
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
    }

    string Dump() => bench.Write("shop.sql", SmallDump.Of(SmallDump.Tables));
}
