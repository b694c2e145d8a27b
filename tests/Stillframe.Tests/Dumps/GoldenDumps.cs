using Stillframe.Dumps;

namespace Stillframe.Tests.Dumps;

public class GoldenDumps
{
    [Theory]
    [InlineData("mysqldump-5.7.sql")]
    [InlineData("mysqldump-8.0.sql")]
    [InlineData("mysqldump-9.sql")]
    public void Of_mysqldump_hold_what_they_hold(string golden)
    {
        var read = Dump.Statements(Dump.Golden(golden));
        Assert.DoesNotContain(read, one => one.Kind is StatementKind.Other or StatementKind.Refused);
        Assert.Equal(
            [
                (StatementKind.DropTable, "item"), (StatementKind.CreateTable, "item"), (StatementKind.Rows, "item"),
                (StatementKind.Trigger, "named"), (StatementKind.DropTable, "names"), (StatementKind.Drop, "names"),
                (StatementKind.ViewPlaceholder, "names"), (StatementKind.View, "names"),
            ],
            read.Where(one => one.Kind is not (StatementKind.Session or StatementKind.LockTables or StatementKind.KeysToggle or StatementKind.Ignored))
                .Select(one => (one.Kind, one.Table!)).Distinct());
        Assert.All(read.Where(one => one.Table is not null), one => Assert.Equal("shop", one.Schema));

        var table = Assert.Single(Dump.Summary(Dump.Golden(golden)).Tables);
        Assert.Equal(("shop", "item", 3L), (table.Schema, table.Name, table.Rows));
    }

    [Theory]
    [InlineData("mariadb-10.11.sql")]
    [InlineData("mariadb-10.11-single.sql")]
    [InlineData("mariadb-10.11-bare.sql")]
    public void Of_mariadb_dump_hold_what_they_hold(string golden)
    {
        var read = Dump.Statements(Dump.Golden(golden), new DumpOptions { DefaultSchema = "shop" });
        Assert.DoesNotContain(read, one => one.Kind is StatementKind.Other or StatementKind.Refused);
        Assert.Equal(
            ["cheap", "cheaper", "low", "nightly", "total", "restock", "cheap", "cheaper"],
            read.Where(one => one.Kind is StatementKind.ViewPlaceholder or StatementKind.View or StatementKind.Trigger or StatementKind.Routine or StatementKind.Event)
                .Select(one => one.Table));
        var summary = Dump.Summary(Dump.Golden(golden));
        Assert.Equal([("empty", 0L), ("item", 3), ("stock", 2)], summary.Tables.Select(table => (table.Name, table.Rows)));
        Assert.True(summary.TablesAreIndependent);
    }
}
