using Stillframe.Dumps;
using Stillframe.EndToEnd.Frames;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Linking;
using Stillframe.EndToEnd.Loading;
using Stillframe.Frames;
using Stillframe.Masking;
using Xunit.Abstractions;

namespace Stillframe.EndToEnd.Deriving;

public sealed class SubsetFrames(ITestOutputHelper output) : IDisposable
{
    const string Customer = "EXISTS (SELECT 1 FROM customer c WHERE c.customer_id = t.customer_id AND c.store_id = 1 AND c.customer_id % 5 = 0)";
    const string Film = "t.film_id <= 200";
    const string Inventory = "EXISTS (SELECT 1 FROM inventory i WHERE i.inventory_id = t.inventory_id AND i.film_id <= 200)";
    const string Rental = $"(t.rental_id IS NULL OR EXISTS (SELECT 1 FROM rental r JOIN inventory i USING (inventory_id) JOIN customer c USING (customer_id) WHERE r.rental_id = t.rental_id AND i.film_id <= 200 AND c.store_id = 1 AND c.customer_id % 5 = 0))";

    /// <summary>What is left of each table, written by hand from the foreign keys of Sakila.</summary>
    static readonly Dictionary<string, string> left = new()
    {
        ["actor"] = "1",
        ["address"] = "1",
        ["category"] = "1",
        ["city"] = "1",
        ["country"] = "1",
        ["film_text"] = "1",
        ["language"] = "1",
        ["staff"] = "1",
        ["store"] = "1",
        ["customer"] = Customer,
        ["film"] = Film,
        ["film_actor"] = Film,
        ["film_category"] = Film,
        ["inventory"] = Film,
        ["rental"] = $"{Customer} AND {Inventory}",
        ["payment"] = $"{Customer} AND {Rental}",
    };

    static readonly RowSubset[] subsets = [new("sakila.customer", "store_id = 1 AND customer_id % 5 = 0 -- of five"), new("sakila.film", "film_id <= 200")];

    static readonly string[] cut = ["customer", "film", "film_actor", "film_category", "inventory", "payment", "rental"];

    readonly LinkBench bench = new();

    [NeedsFact(Need.Apt, Need.LocalServer)]
    public async Task Have_the_rows_that_are_asked_for_and_those_whose_parents_stay()
    {
        await using var source = await BulkBench.StartAsync();
        await source.LoadPlainAsync("sakila", [.. FrameWorkshop.Sakila]);
        var dump = await source.DumpAsync("sakila");
        await using var before = await source.ConnectAsync();
        await before.ExecuteAsync("USE sakila", default);
        var columns = (await before.QueryAsync("SELECT table_name, GROUP_CONCAT('HEX(', column_name, ')' ORDER BY ordinal_position) FROM information_schema.columns WHERE table_schema = 'sakila' GROUP BY table_name", default)).ToDictionary(row => row[0]!, row => row[1]!);
        IEnumerable<string> Queries(Func<string, string> where) => left.Select(table => $"SELECT COUNT(*), SUM(CRC32(CONCAT_WS(',', {columns[table.Key]}))) FROM sakila.{table.Key} t WHERE {where(table.Key)}");
        FrameRequest Subset(FrameRequest request) => request with { Schema = "sakila", Subsets = subsets };

        var whole = await bench.BuildAsync(dump, request => request with { Schema = "sakila" });
        var frame = await bench.BuildAsync(dump, Subset);
        Assert.Equal(cut.Select(table => $"sakila.{table}"), bench.Compiled);
        Assert.NotEqual(whole.DataVersion, frame.DataVersion);
        var expected = await FrameAnswers.OfAsync(before, Queries(table => left[table]));
        Assert.Equal(expected, await FrameAnswers.OfAsync(frame, Queries(_ => "1")));
        string[] views = ["SELECT table_name FROM information_schema.views WHERE table_schema = 'sakila' ORDER BY 1", "SELECT routine_name FROM information_schema.routines WHERE routine_schema = 'sakila' ORDER BY 1"];
        Assert.Equal(await FrameAnswers.OfAsync(before, views), await FrameAnswers.OfAsync(frame, views));

        Assert.True((await bench.BuildAsync(dump, Subset)).Reused);
        using var elsewhere = new LinkBench();
        Assert.Equal(frame.Digest, (await elsewhere.BuildAsync(dump, Subset)).Digest);

        await source.RunAsync("sakila", "UPDATE actor SET first_name = 'OTTO' WHERE actor_id = 3", "UPDATE customer SET active = 1 - active WHERE customer_id = 7");
        await bench.BuildAsync(await source.DumpAsync("sakila"), Subset);
        Assert.Equal(["sakila.actor"], bench.Compiled); // customer 7 is not among them
    }

    [Trait(Soaking.Turn, Soaking.Even)]
    [NeedsFact(Need.Apt)]
    public async Task Have_masked_rows_by_conditions_on_masked_values()
    {
        var dump = bench.Write("shop.sql", SmallDump.Of(SmallDump.Tables));
        var masks = new MaskRequest([new("shop.customer.v", "hash"), new("shop.log.v", "letters")], [], "a key that only this test knows, 3");
        string[] rows = ["SELECT id, v FROM shop.customer ORDER BY id"];

        var all = (await FrameAnswers.OfAsync(await bench.BuildAsync(dump, request => request with { Masks = masks }), rows))[0].Split('\n');
        var some = await bench.BuildAsync(dump, request => request with { Masks = masks, Subsets = [new("shop.c*", "v < '8'")] });
        var kept = (await FrameAnswers.OfAsync(some, rows))[0].Split('\n');

        Assert.Equal(all.Where(row => string.CompareOrdinal(row.Split('\t')[1], "8") < 0), kept);
        Assert.InRange(kept.Length, 1, all.Length - 1);
        Assert.Equal(["shop.customer"], bench.Compiled);
    }

    [Trait(Soaking.Turn, Soaking.Odd)]
    [NeedsFact(Need.Apt)]
    public async Task Are_refused_where_the_condition_or_the_dump_does_not_fit()
    {
        var dump = bench.Write("shop.sql", SmallDump.Of(SmallDump.Tables));
        Task<StillframeException> FailAsync(params RowSubset[] wanted) => Assert.ThrowsAsync<StillframeException>(() => bench.BuildAsync(dump, request => request with { Subsets = wanted }));

        var unknown = await FailAsync(new RowSubset("shop.custumer", "1"));
        var column = await FailAsync(new RowSubset("shop.customer", "country = 'CH'"));
        var view = await FailAsync(new RowSubset("shop.customer", "id IN (SELECT id FROM v)"));
        var file = await FailAsync(new RowSubset("shop.customer", "1) OR LOAD_FILE('/etc/passwd') OR (0"), new RowSubset("shop.log", "id < 5 INTO OUTFILE '/tmp/x'"));
        var ordered = await Assert.ThrowsAsync<StillframeException>(() => bench.BuildAsync("", request => request with { Dumps = FrameWorkshop.Sakila, Subsets = subsets }));

        Assert.All([unknown, column, view, file, ordered], failure => Assert.Equal("SF1030", failure.Code));
        Assert.Contains("'shop.custumer' matches no table", unknown.Message, StringComparison.Ordinal);
        Assert.Contains("Unknown column 'country'", column.Message, StringComparison.Ordinal);
        Assert.Contains("without its views", view.Message, StringComparison.Ordinal);
        Assert.Contains("trigger before its rows", ordered.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(bench.Layout));
    }

    /// <summary>Against a model in memory: chains, cycles, keys of two columns, keys that may be NULL, tables that refer to themselves.</summary>
    [Trait(Soaking.Turn, Soaking.Odd)]
    [NeedsFact(Need.Apt)]
    [Trait(Soaking.Category, Soaking.Soak)]
    public async Task Of_random_schemas_hold_what_a_model_says()
    {
        output.WriteLine($"seed {Seed.Value}");
        for (var round = 0; round < Soaking.Times(3, 100); round++)
        {
            var model = new SubsetModel(Seed.Random(31 + round));
            var dump = bench.Write("m.sql", model.Dump());
            var frame = await bench.BuildAsync(dump, request => request with { Schema = "m", Subsets = model.Subsets });
            var answers = await FrameAnswers.OfAsync(frame, model.Tables.Select(table => $"SELECT id FROM m.{table} ORDER BY id"));
            Assert.Equal(model.Expected(), model.Tables.Zip(answers).Select(pair => $"{pair.First}: {pair.Second.Replace('\n', ' ')}"));
        }
    }

    public void Dispose() => bench.Dispose();
}
