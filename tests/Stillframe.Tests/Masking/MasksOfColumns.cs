using Stillframe.Dumps;
using Stillframe.Masking;

namespace Stillframe.Tests.Masking;

public class MasksOfColumns
{
    const string Dump =
        """
        CREATE TABLE `customer` (`id` int(10) unsigned NOT NULL AUTO_INCREMENT, `email` varchar(60) DEFAULT NULL COMMENT 'a, (b', `code` varchar(10) COLLATE utf8mb4_bin NOT NULL,
          `kind` enum('a','b') NOT NULL, `born` date, `doc` longtext CHECK (json_valid(`doc`)), `both` varchar(99) GENERATED ALWAYS AS (concat(`code`,`email`)) VIRTUAL, `f` double, `bits` bit(1),
          PRIMARY KEY (`id`), UNIQUE KEY `u` (`code`), KEY `e` (`email`)) ENGINE=InnoDB;
        CREATE TABLE `order` (`id` int NOT NULL PRIMARY KEY, `customer_id` int unsigned, `mail` text, `sum` decimal(20,2), CONSTRAINT `fk` FOREIGN KEY (`customer_id`) REFERENCES `customer` (`id`) ON DELETE CASCADE);

        """;

    [Fact]
    public void Are_the_last_ones_that_match()
    {
        var masks = Masks(AMask.Of("*.*.*mail*", "hash"), AMask.Of("shop.order.mail", "keep"), AMask.Of("shop.customer.EMAIL", "email"));
        Assert.Equal(MaskKind.Email, Assert.Single(masks.Values).Of("email")!.Kind);
    }

    [Fact]
    public void By_a_pattern_leave_generated_columns_alone() => Assert.Null(Masks(AMask.Of("shop.customer.bo?h", "constant", value: "x"))
        .GetValueOrDefault(new("shop", "customer"))?.Of("both"));

    [Theory]
    [InlineData("shop.customer.e-mail", "email", "matches no column")]
    [InlineData("other.customer.email", "email", "matches no column")]
    [InlineData("customer.email", "email", "names no columns")]
    [InlineData("shop.customer.email", "shuffle", "it can be keep, null, constant, hash")]
    [InlineData("shop.customer.email", "", "it can be keep, null, constant, hash")]
    [InlineData("shop.customer.code", "null", "it is NOT NULL")]
    [InlineData("shop.customer.code", "constant", "it is in a unique key")]
    [InlineData("shop.customer.code", "name", "two names may become the same")]
    [InlineData("shop.customer.code", "hash", "has room for 10 characters, and fewer than 16")]
    [InlineData("shop.customer.code", "email", "has room for 10 characters, and fewer than 25")]
    [InlineData("shop.customer.email", "constant", "it has no Value")]
    [InlineData("shop.customer.kind", "constant", "its Value 'c' does not fit", "c")]
    [InlineData("shop.customer.kind", "hash", "ENUM, can't be As=\"hash\"")]
    [InlineData("shop.customer.born", "constant", "does not fit", "1.1.2000")]
    [InlineData("shop.customer.born", "digits", "for other types there are null and constant")]
    [InlineData("shop.customer.doc", "constant", "does not fit", "{")]
    [InlineData("shop.customer.doc", "letters", "JSON, can't be")]
    [InlineData("shop.customer.both", "hash", "is a generated column")]
    [InlineData("shop.customer.f", "digits", "can't be")]
    [InlineData("shop.order.sum", "digits", "more than 19 digits")]
    [InlineData("shop.customer.id", "hash", "numbers take digits")]
    [InlineData("shop.customer.id", "digits", "points at shop.customer.id, and their masks differ: none and digits")]
    [InlineData("shop.order.customer_id", "digits", "masks differ: digits and none")]
    public void That_can_not_be_are_refused(string column, string mask, string said, string? value = null)
    {
        var e = Assert.Throws<StillframeException>(() => Masks(AMask.Of(column, mask, value: value)));
        Assert.Equal(ErrorCodes.MaskInvalid, e.Code);
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_both_ends_of_a_foreign_key_are_the_same()
    {
        Assert.Equal(2, Masks(AMask.Of("shop.customer.id", "digits"), AMask.Of("shop.order.customer_id", "digits")).Count);
        Assert.Equal(2, Masks(AMask.Of("shop.customer.id", "digits"), AMask.Of("shop.order.customer_id", "null")).Count);
        Assert.Throws<StillframeException>(() => Masks(AMask.Of("shop.customer.id", "digits"), AMask.Of("shop.order.customer_id", "digits", "another")));
    }

    [Theory]
    [InlineData("shop.customer.kind", "b")]
    [InlineData("shop.customer.doc", "{}")]
    [InlineData("shop.customer.born", "2000-01-01")]
    [InlineData("shop.customer.f", "1.5")]
    [InlineData("shop.customer.bits", "1")]
    public void Are_constant_where_the_value_fits(string column, string value) => Assert.Single(Masks(AMask.Of(column, "constant", value: value)));

    [Theory]
    [InlineData("inet4", "7", false)]
    [InlineData("inet4", "10.0.0.1", true)]
    [InlineData("inet6", "7", false)]
    [InlineData("inet6", "::1", true)]
    [InlineData("uuid", "00000000-0000-0000-0000-000000000000", true)]
    [InlineData("time", "25:00", false)]
    [InlineData("year", "2000", true)]
    [InlineData("set('a','b')", "a,b", true)]
    [InlineData("tinyint unsigned", "256", false)]
    [InlineData("tinyint", "-128", true)]
    [InlineData("varchar(2)", "abc", false)]
    public void Are_constant_only_where_the_value_fits(string type, string value, bool fits)
    {
        var masks = () => Masks($"CREATE TABLE t (v {type});", AMask.Of("v", "constant", value: value));
        if (fits)
            Assert.Single(masks());
        else
            Assert.Contains("does not fit", Assert.Throws<StillframeException>(masks).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void That_are_required_and_missing_are_all_named()
    {
        var e = Assert.Throws<StillframeException>(() => new MaskRequest([], ["*mail*", "order.customer*"], null).Check(Tests.Dumps.Dump.Summary(Dump)));
        Assert.Equal(ErrorCodes.MaskMissing, e.Code);
        Assert.Contains("shop.customer.email, shop.order.customer_id, shop.order.mail.", e.Message, StringComparison.Ordinal);
        new MaskRequest([AMask.Of("*.*.*mail*", "keep")], ["*mail*"], null).Check(Tests.Dumps.Dump.Summary(Dump));
    }

    [Theory]
    [InlineData(null, "no key")]
    [InlineData("short", "a key of 5 characters")]
    public void Without_a_key_are_refused(string? key, string said)
    {
        var e = Assert.Throws<StillframeException>(() => DumpMasks.Of(new([AMask.Of("shop.customer.email", "email")], [], key), Tests.Dumps.Dump.Summary(Dump)));
        Assert.Equal(ErrorCodes.MaskKeyMissing, e.Code);
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ALTER TABLE t DROP COLUMN v;")]
    [InlineData("ALTER TABLE t CHANGE v w int;")]
    [InlineData("ALTER TABLE t MODIFY v varchar(9) FIRST;")]
    [InlineData("CREATE TABLE t (i int);")]
    [InlineData("CREATE TABLE w LIKE t;")]
    public void Of_a_table_that_is_not_followed_are_refused(string after)
    {
        var e = Assert.Throws<StillframeException>(() => Masks("CREATE TABLE t (i int, v varchar(40));\n" + after, AMask.Of("shop.*.v", "hash")));
        Assert.Contains("shop.sql:2", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Know_keys_that_are_made_later()
    {
        const string Table = "CREATE TABLE `t` (`i` int NOT NULL, `v` varchar(40), `w` varchar(40)) ENGINE=InnoDB;ALTER TABLE `t` ADD PRIMARY KEY (`i`), ADD UNIQUE KEY `u` (`v`(10) DESC), ADD KEY (`w`);ALTER TABLE `t` MODIFY `i` int NOT NULL AUTO_INCREMENT, AUTO_INCREMENT=5;";
        Assert.Contains("unique", Assert.Throws<StillframeException>(() => Masks(Table, AMask.Of("v", "name"))).Message, StringComparison.Ordinal);
        Assert.Single(Masks(Table, AMask.Of("w", "name")));
        Assert.Contains("unique", Assert.Throws<StillframeException>(() => Masks(Table + "CREATE UNIQUE INDEX x ON t (w);", AMask.Of("w", "name"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_the_types_of_real_dumps()
    {
        var tables = Tests.Dumps.Dump.Summary(Dump).Tables;
        Assert.All(tables, table => Assert.Null(table.Definition!.Unclear));
        Assert.Equal(
            ["id int 0", "email varchar 60", "code varchar 10", "kind enum 0", "born date 0", $"doc json {int.MaxValue}", "both varchar 99", "f double 0", "bits bit 1"],
            tables[0].Definition!.Columns.Select(column => $"{column.Name} {column.Type} {column.Length}"));
        Assert.Equal([false, true, false, false, true, true, true, true, true], tables[0].Definition!.Columns.Select(column => column.Nullable));
    }

    static IReadOnlyDictionary<TableName, TableMask> Masks(params MaskRule[] rules) => Masks(Dump, rules);

    static IReadOnlyDictionary<TableName, TableMask> Masks(string dump, params MaskRule[] rules) => ColumnMasks.Of(AMask.Request(rules), Tests.Dumps.Dump.Summary(dump));
}
