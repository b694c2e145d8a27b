using Stillframe.EndToEnd.Frames;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Loading;

namespace Stillframe.EndToEnd.Linking;

/// <summary>In two directories, with caches of their own, one table at a time and two: the digest is the same.</summary>
public class FramesBuiltTwice
{
    [NeedsFact(Need.Apt)]
    public Task Of_the_sample_have_one_digest() => AssertOneDigestAsync(Repository.PathOf("src/Samples/Gazetteer/data/gazetteer.sql.gz"));

    [NeedsFact(Need.Apt)]
    public async Task Of_every_type_have_one_digest()
    {
        await using var server = await BulkBench.StartAsync();
        await server.RunAsync("types", EveryType.Statements());
        await AssertOneDigestAsync(await server.DumpAsync("types"));
    }

    [NeedsFact(Need.Apt)]
    public async Task Of_small_tables_have_one_digest()
    {
        using var bench = new LinkBench();
        await AssertOneDigestAsync(bench.Write("shop.sql", SmallDump.Of(SmallDump.Tables)));
    }

    [NeedsFact(Need.Apt)]
    public Task Of_a_dump_that_is_loaded_as_a_whole_have_one_digest() => AssertOneDigestAsync([.. FrameWorkshop.Sakila]);

    static async Task AssertOneDigestAsync(params string[] dumps)
    {
        using var first = new LinkBench();
        using var second = new LinkBench();
        var one = await first.BuildAsync(dumps[0], request => request with { Dumps = dumps, Workers = 1 });
        var two = await second.BuildAsync(dumps[0], request => request with { Dumps = dumps, Workers = 2 });
        Assert.Equal(one.Digest, two.Digest);
        Assert.DoesNotContain(second.Said, line => line.Contains("may differ", StringComparison.Ordinal));
    }
}
