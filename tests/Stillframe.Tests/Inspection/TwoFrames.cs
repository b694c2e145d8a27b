using Stillframe.Inspection;
using Stillframe.Oci;

namespace Stillframe.Tests.Inspection;

public class TwoFrames
{
    static readonly ComparedTable kept = Table("kept", "d", "r", 7), before = Table("t", "d", "r", 2);

    [Fact]
    public void Of_the_same_tables_do_not_differ()
    {
        var difference = Between([kept, before], [before, kept]);
        Assert.Empty(difference.Tables);
        Assert.Equal(2, difference.SameTables);
    }

    [Theory]
    [InlineData("d", "r2", "rows", false, true)]
    [InlineData("d2", "r", "definition", true, false)]
    [InlineData("d2", "r2", "definition, rows", true, true)]
    public void Say_what_changed_in_a_table(string definition, string rows, string change, bool definitionDiffers, bool rowsDiffer)
    {
        var difference = Between([kept, before], [kept, Table("t", definition, rows, 3)]);
        var table = Assert.Single(difference.Tables);
        Assert.Equal(new("shop", "t", definitionDiffers, rowsDiffer, new(2, 200), new(3, 300)), table);
        Assert.Equal((change, 1), (table.Change, difference.SameTables));
    }

    [Fact]
    public void Say_what_was_added_and_removed_in_order_of_names()
    {
        var difference = Between([kept, Table("z", "d", "r", 1)], [Table("new", "d", "r", 4), kept]);
        Assert.Equal([("new", "added"), ("z", "removed")], difference.Tables.Select(table => (table.Name, table.Change)));
        Assert.Equal([(null, new(4, 400)), (new(1, 100), null)], difference.Tables.Select(table => (table.From, table.To)));
        Assert.Equal(1, difference.SameTables);
    }

    [Fact]
    public void Tell_tables_of_one_name_apart_by_their_schema() =>
        Assert.Equal(["added", "removed"], Between([before with { Schema = "z" }], [before]).Tables.Select(table => table.Change));

    [Fact]
    public void Transfer_the_layers_that_the_first_has_not_and_each_once()
    {
        var difference = FrameDifference.Between(Frame([], 1, 2, 3), Frame([], 1, 4, 4, 3, 50));
        Assert.Equal(new(2, 54, 4, 58), difference.Pull);
        Assert.Contains("A pull of the second transfers 2 of 4 layers, 54 B of 58 B, where the first is there.", difference.Lines());
    }

    [Fact]
    public void Transfer_nothing_known_when_the_second_is_a_dump_that_the_first_is_no_help_for() =>
        Assert.Null(FrameDifference.Between(Frame([kept], 1), Dump([kept])).Pull);

    [Fact]
    public void Transfer_everything_when_the_first_is_a_dump()
    {
        var difference = FrameDifference.Between(Dump([kept]), Frame([kept], 1, 2));
        Assert.Equal(new(2, 3, 2, 3), difference.Pull);
        Assert.Equal("A pull of the second transfers 2 of 2 layers, 3 B of 3 B.", difference.Lines().Last());
    }

    [Fact]
    public void Are_shown_as_a_table()
    {
        var difference = FrameDifference.Between(
            Frame([kept, before], 1) with { Digest = null }, Dump([kept, Table("t", "d2", "r2", 1_234_567), Table("added", "d", "r", 0)]));
        Assert.Equal(
            [
                "      what   data version  dump          server   place",
                "from  frame  123456789012  0123456789ab  10.11.7  host/shop-db:1",
                "to    dump   -             abc           -        shop.sql",
                "",
                "table       change            rows from    rows to  files from   text to",
                "shop.added  added                     -          0           -       0 B",
                "shop.t      definition, rows          2  1,234,567       200 B  123.5 MB",
                "",
                "Tables: 1 added, 0 removed, 1 changed, 1 the same.",
            ],
            difference.Lines());
    }

    [Fact]
    public void Of_the_same_tables_but_another_dump_say_that_something_else_differs() =>
        Assert.Contains("something else in the dump does", string.Join('\n', FrameDifference.Between(Frame([kept], 1), Dump([kept])).Lines()), StringComparison.Ordinal);

    [Fact]
    public void That_are_one_image_say_so() =>
        Assert.Contains("No table differs (1 the same); it is the same image.", Between([kept], [kept]).Lines());

    static FrameDifference Between(ComparedTable[] from, ComparedTable[] to) => FrameDifference.Between(Frame(from), Frame(to));

    static ComparedTable Table(string name, string definition, string content, long rows) => new("shop", name, definition, content, new(rows, rows * 100));

    /// <param name="layers">Sizes; equal ones are the same layer.</param>
    static ComparedData Frame(ComparedTable[] tables, params byte[] layers) => new()
    {
        Place = "host/shop-db:1",
        Kind = DataKind.Frame,
        DataVersion = "1234567890123",
        DumpFingerprint = "0123456789abc",
        Server = "10.11.7",
        Digest = Digest.Of([0]),
        Tables = tables,
        Layers = [.. layers.Select(size => new Descriptor(MediaTypes.OciLayerGzip, Digest.Of([size]), size))],
    };

    static ComparedData Dump(ComparedTable[] tables) => new() { Place = "shop.sql", Kind = DataKind.Dump, DumpFingerprint = "abc", Tables = tables };
}
