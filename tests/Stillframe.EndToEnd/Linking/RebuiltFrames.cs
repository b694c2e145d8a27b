using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Linking;

/// <summary>What all of them start from, built once.</summary>
public sealed class FirstFrame : IDisposable
{
    readonly LinkBench bench = new();
    readonly Lazy<Task<LinkBench>> built;

    public FirstFrame() => built = new(BuildAsync);

    internal Task<LinkBench> GetAsync() => built.Value;

    public void Dispose() => bench.Dispose();

    async Task<LinkBench> BuildAsync()
    {
        await bench.BuildAsync(bench.Write("shop.sql", SmallDump.Of(SmallDump.Tables)));
        Assert.Equal(SmallDump.Tables.Keys.Select(table => $"shop.{table}").Order(StringComparer.Ordinal), bench.Compiled);
        return bench;
    }
}

/// <summary>After a change, a build with cache and previous frame gives the same bytes as one that compiles all of it anew under the same numbers.</summary>
public sealed class RebuiltFrames(FirstFrame before) : IClassFixture<FirstFrame>, IDisposable
{
    readonly LinkBench bench = new();
    readonly Dictionary<string, string> tables = new(SmallDump.Tables);

    [NeedsFact(Need.Apt)]
    public async Task With_one_changed_row_compile_one_table()
    {
        await FirstAsync();
        tables["customer"] = tables["customer"].Replace("'word5 of", "'WORD5 of", StringComparison.Ordinal);
        await AssertSameAsCleanAsync("shop.customer");
    }

    [Trait(Soaking.Turn, Soaking.Odd)]
    [NeedsFact(Need.Apt)]
    public async Task With_new_altered_and_renamed_tables_compile_those()
    {
        await FirstAsync();
        tables["country"] = "CREATE TABLE `country` (`id` int NOT NULL PRIMARY KEY, `v` varchar(80), KEY (`v`)) ENGINE=InnoDB;\n" + SmallDump.Rows("country", 50);
        tables["item2"] = tables["item"].Replace("`item`", "`item2`", StringComparison.Ordinal);
        tables.Remove("item");
        tables["basket"] = tables["basket"].Replace("KEY (`v`)", "KEY (`v`), KEY `second` (`v`, `id`)", StringComparison.Ordinal);
        await AssertSameAsCleanAsync("shop.basket", "shop.country", "shop.item2");
        tables["log"] = tables["log"].Replace(", KEY (`v`)", "", StringComparison.Ordinal);
        await AssertSameAsCleanAsync("shop.log");
    }

    [Trait(Soaking.Turn, Soaking.Even)]
    [NeedsFact(Need.Apt)]
    public async Task With_tables_dropped_compile_nothing()
    {
        await FirstAsync();
        tables.Remove("customer"); // with all that its full-text index takes
        tables.Remove("part");
        await AssertSameAsCleanAsync();
    }

    [Trait(Soaking.Category, Soaking.Only)]
    [NeedsFact(Need.Apt)]
    public async Task With_a_higher_auto_increment_keep_their_numbers()
    {
        await FirstAsync();
        tables["basket"] = tables["basket"].Replace("AUTO_INCREMENT=77", "AUTO_INCREMENT=99999", StringComparison.Ordinal) + SmallDump.Rows("basket", 1, 5000);
        await AssertSameAsCleanAsync("shop.basket");
    }

    [Trait(Soaking.Turn, Soaking.Even)]
    [NeedsFact(Need.Apt)]
    public async Task With_the_cache_gone_take_everything_from_the_frame_before()
    {
        await FirstAsync();
        Directory.Delete(Path.Combine(bench.Cache, "objects"), recursive: true);
        tables.Remove("words");
        await AssertSameAsCleanAsync(compiled: null);
        Assert.DoesNotContain("shop.basket", bench.Compiled);
    }

    public void Dispose() => bench.Dispose();

    async Task FirstAsync()
    {
        var first = await before.GetAsync();
        foreach (var directory in new[] { "cache/objects", "layout" })
            await Command.SucceedAsync("cp", ["-a", first.PathOf(directory), Path.GetDirectoryName(bench.PathOf(directory))!]);
    }

    async Task AssertSameAsCleanAsync(params string[]? compiled)
    {
        var dump = Dump();
        var other = bench.PathOf("clean");
        if (Directory.Exists(other))
            Directory.Delete(other, recursive: true);
        await Command.SucceedAsync("cp", ["-r", bench.Layout, other]);
        var clean = await bench.BuildAsync(dump, request => request with { LayoutDirectory = other, Incremental = false });
        Assert.Equal(tables.Keys.Select(table => $"shop.{table}").Order(StringComparer.Ordinal), bench.Compiled);

        var rebuilt = await bench.BuildAsync(dump);
        if (compiled is not null)
            Assert.Equal(compiled, bench.Compiled);
        Assert.Equal(clean.Digest, rebuilt.Digest);
        Assert.False(rebuilt.Reused);
        Assert.True((await bench.BuildAsync(dump)).Reused);
    }

    string Dump() => bench.Write("shop.sql", SmallDump.Of(tables));
}
