using Stillframe.Dumps;
using Stillframe.Masters;

namespace Stillframe.Tests.Masters;

public class NamesOfFiles
{
    static readonly TableName[] tables =
    [
        new("shop", "customer"), new("0", "a"), new("zzz", "zzzz"), new("ZZZZ", "a"), new("_", "_"), new("a.b", "c"), new("a", "b.c"), new("é", "中"), new("a/b", "../c"), new("Shop", "Customer"), new("-", "-"),
    ];

    [Fact]
    public void Are_between_schema_and_objects()
    {
        var names = Names();

        foreach (var name in names)
        {
            Assert.InRange(string.CompareOrdinal(SchemaFile.Name, name), int.MinValue, -1);
            Assert.InRange(string.CompareOrdinal(name, ObjectsFile.Name), int.MinValue, -1);
            Assert.InRange(string.Compare(name, ObjectsFile.Name, StringComparison.InvariantCultureIgnoreCase), int.MinValue, -1);
            Assert.InRange(string.Compare(SchemaFile.Name, name, StringComparison.InvariantCultureIgnoreCase), int.MinValue, -1);
        }
    }

    [Fact]
    public void Are_different_on_every_disk() => Assert.Equal(tables.Length, Names().Distinct(StringComparer.OrdinalIgnoreCase).Count());

    [Fact]
    public void Are_plain() => Assert.All(Names(), name => Assert.Matches(@"^[A-Za-z][A-Za-z0-9_@.-]*\.sql\.gz$", name));

    static List<string> Names()
    {
        var names = new FileNames();
        return [.. tables.Select(names.Of)];
    }
}
