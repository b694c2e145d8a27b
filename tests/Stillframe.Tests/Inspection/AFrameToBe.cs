using Stillframe.Inspection;
using Stillframe.Layers;
using Stillframe.Linking;
using Stillframe.Oci;

namespace Stillframe.Tests.Inspection;

/// <summary>A dump, and a frame of an earlier one: two base layers of 1 MB, system files of 0.1 MB, two big tables, description and link map of 1 kB each.</summary>
public class AFrameToBe
{
    const long Big = 20 << 20;

    static readonly ComparedTable orders = Table("orders", "1", 1000), items = Table("items", "1", 2000);
    static readonly LinkedLayer ordersLayer = Layer("table shop.orders", 'o', Big / 4, Big), itemsLayer = Layer("table shop.items", 'i', Big, 2 * Big);

    static readonly ComparedData frame = new()
    {
        Place = "host/shop-db:1",
        Kind = DataKind.Frame,
        DataVersion = "v",
        DumpFingerprint = "1",
        Server = "10.11.7",
        Digest = Digest.Of([0]),
        Tables = [orders with { Size = new(1000, Big) }, items with { Size = new(2000, 2 * Big) }],
        Layers = [Other('a', 1_000_000), Other('b', 1_000_000), Other('s', 100_000), ordersLayer.Descriptor, itemsLayer.Descriptor, Other('d', 1000), Other('l', 1000)],
        TableLayers = [ordersLayer, itemsLayer],
    };

    [Fact]
    public void Of_the_same_data_is_there() => Assert.Equal(new(0, 0, 7, 2_102_000 + Big * 5 / 4, Estimated: true), Pull(Dump("1", orders, items)));

    [Fact]
    public void Transfers_its_description_when_no_table_changed() => Assert.Equal((2, 2000, 7), Sizes(Dump("2", orders, items)));

    [Fact]
    public void Transfers_a_changed_table_as_large_as_its_rows_make_it() =>
        Assert.Equal((3, 2000 + Big / 2, 7), Sizes(Dump("2", Table("orders", "2", 2000), items))); // twice the rows, twice its layer

    [Fact]
    public void Transfers_a_new_table_and_not_a_dropped_one()
    {
        var (layers, bytes, all) = Sizes(Dump("2", items, Table("parts", "1", 500)));
        Assert.Equal((3, 7), (layers, all));
        Assert.Equal(2000 + 500 * 20_000 * 2 * 5 / 12, bytes); // twice its text, compressed as the frame's tables are
    }

    [Fact]
    public void Is_no_layer_of_a_table_without_rows() => Assert.Equal((2, 2000, 7), Sizes(Dump("2", orders, items, Table("empty", "1", 0))));

    [Fact]
    public void Is_not_foretold_where_tables_depend_on_each_other() => Assert.Null(Pull(Dump("2", orders) with { TablesAreIndependent = false }));

    [Fact]
    public void Is_not_foretold_where_the_first_was_loaded_as_a_whole() =>
        Assert.Null(FrameDifference.Between(frame with { TableLayers = [] }, Dump("2", orders)).Pull);

    [Fact]
    public void Is_said_to_be_about_that_large() => Assert.Equal(
        "A pull of a frame of the second would transfer about 2 of 7 layers, 2.0 kB of 28.3 MB, where the first is there.",
        FrameDifference.Between(frame, Dump("2", orders, items)).Lines().Last());

    static (int, long, int) Sizes(ComparedData dump) => Pull(dump) is { } pull ? (pull.Layers, pull.Bytes, pull.AllLayers) : default;

    static PullSize? Pull(ComparedData dump) => FrameDifference.Between(frame, dump).Pull;

    static ComparedData Dump(string fingerprint, params ComparedTable[] tables) => new()
    {
        Place = "shop.sql",
        Kind = DataKind.Dump,
        DumpFingerprint = fingerprint,
        Tables = tables,
        TablesAreIndependent = true,
    };

    /// <summary>As a dump has it: 20,000 bytes of text a row, so that each has a layer of its own.</summary>
    static ComparedTable Table(string name, string content, long rows) => new("shop", name, "definition", content, new(rows, rows * 20_000));

    static LinkedLayer Layer(string name, char seed, long size, long uncompressed) => new("key", name, Other(seed, size), Digest.Of([(byte)seed]), uncompressed);

    static Descriptor Other(char seed, long size) => new(MediaTypes.OciLayerGzip, Digest.Of([(byte)seed]), size);
}
