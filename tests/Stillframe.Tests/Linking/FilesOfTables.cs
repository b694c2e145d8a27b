using Stillframe.Compiling;
using Stillframe.Normalizing;

namespace Stillframe.Tests.Linking;

public sealed class FilesOfTables : IDisposable
{
    readonly TemporaryDirectory directory = TemporaryDirectory.Create();
    readonly Dictionary<string, TableNumbers> numbers = new() { ["SYS_FOREIGN"] = new(11, 0, []) };
    readonly HashSet<string> tables = [];

    public FilesOfTables() => Directory.CreateDirectory(Path.Combine(directory.Path, "shop"));

    [Fact]
    public void Are_those_of_its_name_only()
    {
        Add("orders", 20);
        Add("Orders", 21);
        Add("orders_old", 22);

        Assert.Equal(["shop/orders.ibd"], Of("orders").Files);
        Assert.Equal([21UL], Of("Orders").Numbers.Select(table => table.Table));
    }

    [Fact]
    public void Are_those_of_its_partitions()
    {
        tables.Add("shop/orders");
        Add("orders#P#p1", 22, isTable: false);
        Add("orders#p#p0", 21, isTable: false);
        Add("Orders", 20);

        Assert.Equal(["shop/orders#P#p1.ibd", "shop/orders#p#p0.ibd"], Of("orders").Files);
        Assert.Equal([21UL, 22UL], Of("orders").Numbers.Select(table => table.Table));
    }

    [Fact]
    public void Are_those_of_its_full_text_indexes()
    {
        Add("orders", 0x1a);
        Add("FTS_000000000000001a_CONFIG", 30, isTable: false);
        Add("FTS_000000000000001b_CONFIG", 31, isTable: false);

        Assert.Equal(["shop/FTS_000000000000001a_CONFIG.ibd", "shop/orders.ibd"], Of("orders").Files);
        Assert.Equal([26UL, 30UL], Of("orders").Numbers.Select(table => table.Table));
    }

    [Fact]
    public void Are_a_tables_own_where_it_is_called_like_an_index()
    {
        Add("FTS_000000000000001a_CONFIG", 30);

        Assert.Equal(["shop/FTS_000000000000001a_CONFIG.ibd"], Of("FTS_000000000000001a_CONFIG").Files);
    }

    [Fact]
    public void Are_files_with_rows()
    {
        Add("orders", 20);
        File.WriteAllText(Path.Combine(directory.Path, "shop", "orders.frm"), "");

        Assert.Equal(["shop/orders.ibd"], Of("orders").Files);
    }

    public void Dispose() => directory.Dispose();

    void Add(string name, ulong number, bool isTable = true)
    {
        File.WriteAllText(Path.Combine(directory.Path, "shop", name + ".ibd"), "");
        numbers.Add("shop/" + name, new(number, (uint)number, [number]));
        if (isTable)
            tables.Add("shop/" + name);
    }

    SchemaTable Of(string name) => new SchemaFiles(directory.Path, tables, numbers).Of(new(new("shop", name), "BASE TABLE", "InnoDB", false, []), "shop/" + name);
}
