using System.Buffers;
using System.Collections.Concurrent;
using System.Formats.Tar;
using System.Text;
using Stillframe.Connections;
using Stillframe.EndToEnd.Frames;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Linking;
using Stillframe.EndToEnd.Loading;
using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Layers;
using Stillframe.Masking;
using Stillframe.Verification;

namespace Stillframe.EndToEnd.Masking;

/// <summary>Sakila with its people masked: as a dump that is run in its order, and as one whose tables are compiled one by one.</summary>
public sealed class MaskedFrames : IDisposable
{
    const string Key = "a key that only this test knows, 1";

    /// <summary>Differs where customers have other numbers.</summary>
    const string Sums = "SELECT SUM(customer_id * amount) FROM sakila.payment";

    static readonly MaskRequest masks = new(
        [
            new("sakila.*.first_name", "name"), new("sakila.*.last_name", "name"), new("sakila.*.email", "email"), new("sakila.address.address", "letters"),
            new("sakila.address.phone", "digits"), new("sakila.address.postal_code", "digits"), new("sakila.*.customer_id", "digits"), new("sakila.staff.picture", "null"),
            new("sakila.staff.password", "hash"), new("sakila.staff.username", "constant", Value: "somebody"), new("sakila.rental.rental_date", "date"),
        ],
        ["*mail*", "*phone*", "*_name"],
        Key);

    /// <summary>Masked text, and what is left of the frame that has the same words.</summary>
    static readonly (string Column, string Table)[] secrets =
        [("first_name", "customer"), ("last_name", "customer"), ("email", "customer"), ("phone", "address"), ("address", "address"), ("last_name", "actor"), ("email", "staff"), ("password", "staff")];

    static readonly string[] equalities =
    [
        "SELECT COUNT(*), COUNT(DISTINCT email), COUNT(DISTINCT customer_id), SUM(active) FROM sakila.customer",
        "SELECT COUNT(*), SUM(amount) FROM sakila.customer JOIN sakila.payment USING (customer_id) JOIN sakila.rental USING (rental_id)",
        "SELECT n, COUNT(*) FROM (SELECT COUNT(*) n FROM sakila.customer GROUP BY last_name) t GROUP BY n ORDER BY n",
        "SELECT n, COUNT(*) FROM (SELECT COUNT(*) n FROM sakila.actor GROUP BY first_name) t GROUP BY n ORDER BY n",
        "SELECT COUNT(*), COUNT(DISTINCT phone), SUM(phone = ''), MAX(LENGTH(phone)), COUNT(DISTINCT postal_code), SUM(LENGTH(address)) FROM sakila.address",
        "SELECT COUNT(DISTINCT rental_date), COUNT(DISTINCT DATE(rental_date)), MIN(YEAR(rental_date)), MAX(YEAR(rental_date)) FROM sakila.rental",
        "SELECT COUNT(*), COUNT(DISTINCT name) > 590 FROM sakila.customer_list",
        "SELECT COUNT(*) FROM sakila.rental r LEFT JOIN sakila.customer c USING (customer_id) WHERE c.customer_id IS NULL",
    ];

    readonly LinkBench bench = new();

    /// <summary>One of both in each run.</summary>
    public static TheoryData<bool> OrdersOfThisRun => [.. Soaking.OfThisRun([true, false], 2)];

    [Trait(Soaking.Category, Soaking.Soak)]
    [NeedsTheory(Need.Apt, Need.LocalServer)]
    [MemberData(nameof(OrdersOfThisRun))]
    public async Task Hold_none_of_the_values_that_were_masked_and_join_as_before(bool inOrder)
    {
        await using var source = await BulkBench.StartAsync();
        await source.LoadPlainAsync("sakila", [.. FrameWorkshop.Sakila]);
        IReadOnlyList<string> dumps = inOrder ? FrameWorkshop.Sakila : [await source.DumpAsync("sakila")];
        await using var before = await source.ConnectAsync();
        FrameRequest Masked(FrameRequest request) => request with { Dumps = dumps, Schema = "sakila", Masks = masks };

        var frame = await bench.BuildAsync("", Masked);
        Assert.Equal(inOrder, bench.Compiled.Count == 0);
        Assert.Equal(inOrder, bench.Messages.Any(message => message.Contains("loaded as a whole", StringComparison.Ordinal)));
        var (said, answers) = (string.Join('\n', bench.Messages), await FrameAnswers.OfAsync(frame, equalities.Append(Sums)));
        Assert.Equal(await FrameAnswers.OfAsync(before, equalities), answers.SkipLast(1));
        Assert.NotEqual(await FrameAnswers.OfAsync(before, [Sums]), answers.TakeLast(1));

        var secret = await SecretsAsync(before);
        Assert.True(secret.Count > 2000, $"{secret.Count} values");
        await AssertWithoutAsync(frame, secret, said);

        if (!inOrder) // the other one has triggers that ask for the time, which is another in each build
            Assert.True((await bench.BuildAsync("", Masked)).Reused);
        var other = await bench.BuildAsync("", request => Masked(request) with { Masks = new(masks.Rules, [], "another key that only this test knows") });
        Assert.NotEqual(frame.DataVersion, other.DataVersion);
        if (!inOrder) // the others are taken as they are
            Assert.Equal(["sakila.actor", "sakila.address", "sakila.customer", "sakila.payment", "sakila.rental", "sakila.staff"], bench.Compiled);
    }

    [Trait(Soaking.Turn, Soaking.Odd)]
    [NeedsFact(Need.Apt)]
    public async Task Cost_what_changed()
    {
        var tables = new Dictionary<string, string>(SmallDump.Tables);
        FrameRequest Masked(FrameRequest request) => request with { Masks = new([new("shop.*.v", "letters"), new("shop.log.v", "hash")], [], Key), WithoutRows = ["shop.bask*"] };
        string Dump() => bench.Write("shop.sql", SmallDump.Of(tables));

        var first = await bench.BuildAsync(Dump(), Masked);
        Assert.Equal(0, first.Tables.Single(table => table.Name == "basket").Rows);
        await AssertWithoutAsync(first, ["word5", "word77", " of customer ", " of basket ", " of words "], string.Join('\n', bench.Messages));
        tables["customer"] = tables["customer"].Replace("'word5 of", "'WORD5 of", StringComparison.Ordinal);
        await bench.BuildAsync(Dump(), Masked);
        Assert.Equal(["shop.customer"], bench.Compiled);

        await bench.BuildAsync(Dump(), request => Masked(request) with { Masks = new([new("shop.*.v", "letters"), new("shop.log.v", "hash", "of logs")], [], Key) });
        Assert.Equal(["shop.log"], bench.Compiled);

        tables["basket"] = tables["basket"].Replace("'word5 of", "'WORD5 of", StringComparison.Ordinal);
        Assert.True((await bench.BuildAsync(Dump(), request => Masked(request) with { Masks = new([new("shop.*.v", "letters"), new("shop.log.v", "hash", "of logs")], [], Key) })).Tables.Count > 0);
        Assert.Empty(bench.Compiled);
    }

    public void Dispose() => bench.Dispose();

    /// <summary>Values that are long enough to be in a frame by no accident, and that no column without a mask has.</summary>
    static async Task<IReadOnlyList<string>> SecretsAsync(ServerConnection connection)
    {
        await connection.ExecuteAsync("SET SESSION group_concat_max_len = 1 << 30", default);
        var open = await connection.ScalarAsync("SELECT CONCAT((SELECT GROUP_CONCAT(title, ' ', UPPER(description)) FROM sakila.film), (SELECT GROUP_CONCAT(city, district) FROM sakila.address JOIN sakila.city USING (city_id)))", default);
        var found = new List<string>();
        foreach (var (column, table) in secrets)
            found.AddRange((await connection.QueryAsync($"SELECT DISTINCT {column} FROM sakila.{table} WHERE LENGTH({column}) >= 7", default)).Select(row => row[0]!));
        return [.. found.Where(value => !open!.Contains(value, StringComparison.Ordinal)).Distinct()];
    }

    /// <summary>Looks through the layers as they lie in a running frame, configuration and manifest, what the build left beside it, and what it said.</summary>
    static async Task AssertWithoutAsync(FrameBuild frame, IReadOnlyList<string> secrets, string said)
    {
        var search = new Search(secrets);
        search.In("what the build said", Encoding.Latin1.GetBytes(said));
        var image = await ImageLayout.ReadAsync(frame.LayoutDirectory);
        foreach (var layer in image.Layers)
        {
            await using var stored = await layer.Open(default);
            await using var tar = new TarReader(LayerReading.Open(stored, layer.Descriptor.MediaType));
            while (await tar.GetNextEntryAsync() is { } entry)
            {
                search.In("a name", Encoding.Latin1.GetBytes(entry.Name));
                if (entry.DataStream is not { } data || (entry.Name.StartsWith("usr/", StringComparison.Ordinal) && !entry.Name.StartsWith("usr/share/stillframe", StringComparison.Ordinal)))
                    continue; // the server's own programs
                using var bytes = new MemoryStream();
                await data.CopyToAsync(bytes);
                search.In(entry.Name, bytes.ToArray());
            }
        }

        foreach (var file in new DirectoryInfo(frame.LayoutDirectory).EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.Length < 1 << 16))
            search.In(file.FullName, await File.ReadAllBytesAsync(file.FullName));
        Assert.True(search.Files > 40, $"{search.Files} files");
        Assert.Empty(search.Found);
    }

    sealed class Search(IReadOnlyList<string> secrets)
    {
        readonly SearchValues<string> any = SearchValues.Create([.. secrets], StringComparison.Ordinal);

        public int Files { get; private set; }

        public ConcurrentBag<string> Found { get; } = [];

        public void In(string where, byte[] bytes)
        {
            Files++;
            var text = Encoding.Latin1.GetString(bytes);
            if (text.AsSpan().IndexOfAny(any) is var index and >= 0)
                Found.Add($"{where}: {text.Substring(index, Math.Min(40, text.Length - index))}");
        }
    }
}
