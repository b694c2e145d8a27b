using Stillframe.Masters;

namespace Stillframe.Tests.Masters;

/// <summary>Lines as MariaDB 10.11 and MySQL 9.7 give them.</summary>
public class GrantsOfAnAccount
{
    [Theory]
    [InlineData("GRANT ALL PRIVILEGES ON *.* TO `root`@`localhost` IDENTIFIED VIA mysql_native_password USING '*B6' WITH GRANT OPTION", true, true)]
    [InlineData("GRANT SELECT, SHOW VIEW ON *.* TO `few`@`%`", true, true)]
    [InlineData("GRANT USAGE ON *.* TO `few`@`%`", false, false)]
    [InlineData("GRANT SELECT ON `shop`.* TO `few`@`%`", true, true)]
    [InlineData("GRANT ALL PRIVILEGES ON `shop`.* TO `few`@`%`", true, true)]
    [InlineData("GRANT SELECT ON `sh%`.* TO `few`@`%`", true, true)]
    [InlineData("GRANT SELECT ON `sho_`.* TO `few`@`%`", true, true)]
    [InlineData("GRANT SELECT ON `sho\\_`.* TO `few`@`%`", false, false)]
    [InlineData("GRANT SELECT ON `sho`.* TO `few`@`%`", false, false)]
    [InlineData("GRANT SELECT ON `s.*`.* TO `few`@`%`", false, false)]
    [InlineData("GRANT SELECT, INSERT (`a`, `b`) ON `shop`.`t` TO `few`@`%`", false, true)]
    [InlineData("GRANT SELECT (`a`, `b`), UPDATE ON `shop`.`t` TO `few`@`%`", false, false)]
    [InlineData("GRANT SELECT ON `shop`.`other` TO `few`@`%`", false, false)]
    [InlineData("GRANT EXECUTE ON PROCEDURE `shop`.`t` TO `few`@`%`", false, false)]
    [InlineData("GRANT `SELECT` TO `few`@`%`", false, false)]
    [InlineData("SET DEFAULT ROLE `r` FOR `few`@`%`", false, false)]
    public void Are_for_everything_a_schema_or_a_table(string line, bool ofSchema, bool ofTable)
    {
        var grants = Grants.Parse([line]);

        Assert.Equal((ofSchema, ofTable), (grants.Have("SELECT", "shop"), grants.Have("SELECT", "shop", "t")));
        Assert.Equal(line.Contains("*.*", StringComparison.Ordinal) && ofSchema, grants.HaveEverywhere("SELECT"));
    }

    [Fact]
    public void Of_everything_may_be_taken_back_for_a_schema()
    {
        var grants = Grants.Parse(["GRANT SELECT, EVENT ON *.* TO `few`@`%`", "REVOKE SELECT ON `shop`.* FROM `few`@`%`"]);

        Assert.False(grants.Have("SELECT", "shop"));
        Assert.True(grants.Have("SELECT", "other"));
        Assert.True(grants.Have("EVENT", "shop"));
    }

    [Fact]
    public void Count_for_a_schema_by_their_most_precise_pattern_alone()
    {
        var grants = Grants.Parse(["GRANT SELECT ON `sh%`.* TO `few`@`%`", "GRANT EVENT ON `sho_`.* TO `few`@`%`", "GRANT TRIGGER ON `%`.* TO `role`"]);

        Assert.Equal((false, true, true), (grants.Have("SELECT", "shop"), grants.Have("EVENT", "shop"), grants.Have("TRIGGER", "shop")));
        Assert.Equal("sho_", grants.PatternOf("shop"));
        Assert.Null(grants.PatternOf("other"));
    }

    [Fact]
    public void Name_schemas_with_backquotes_twice() => Assert.True(Grants.Parse(["GRANT SELECT ON `a``b`.* TO `few`@`%`"]).Have("SELECT", "a`b"));
}
