using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Masters;

/// <summary>A MariaDB server with one of everything that an account may not see.</summary>
public sealed class MasterWithSecrets : IAsyncLifetime
{
    internal NetworkMaster Server { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (Needs.WhyNot([Need.LocalServer, Need.Root]) is not null)
            return;
        Server = await NetworkMaster.StartMariaDbAsync(_ => []);
        await Server.ExecuteAsync(
            "CREATE DATABASE shop_1", "USE shop_1", "CREATE TABLE t (a INT PRIMARY KEY) ENGINE=InnoDB", "INSERT INTO t VALUES (1), (2)", "CREATE TABLE hidden (a INT PRIMARY KEY) ENGINE=InnoDB",
            "CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW SET NEW.a = NEW.a", "CREATE EVENT ev ON SCHEDULE EVERY 1 DAY DO DELETE FROM t", "CREATE PROCEDURE pr() SELECT 1", "CREATE VIEW v AS SELECT a FROM t",
            "SET sql_mode = ORACLE", "CREATE PACKAGE pk AS FUNCTION f(a INT) RETURN INT; END", "CREATE PACKAGE BODY pk AS FUNCTION f(a INT) RETURN INT AS BEGIN RETURN a; END; END", "SET sql_mode = DEFAULT",
            "CREATE ROLE dumpers", "GRANT SELECT, SHOW VIEW, TRIGGER, EVENT ON shop_1.* TO dumpers", "GRANT SELECT ON mysql.proc TO dumpers");
    }

    public Task DisposeAsync() => Server?.DisposeAsync().AsTask() ?? Task.CompletedTask;
}

public sealed class AnAccountWithFewRights(MasterWithSecrets master) : IClassFixture<MasterWithSecrets>
{
    const string All = "SELECT, SHOW VIEW, TRIGGER, EVENT ON shop_1.*", Routines = "SELECT ON mysql.proc";

    /// <summary>What it is not given is left out by the server without a word, or refused in the middle of the dump.</summary>
    [NeedsTheory(Need.LocalServer, Need.Root)]
    [InlineData(new[] { All, Routines }, "")]
    [InlineData(new[] { "SELECT, SHOW VIEW, TRIGGER, EVENT ON *.*" }, "")]
    [InlineData(new[] { @"ALL ON `shop\_%`.*", Routines }, "")]
    [InlineData(new[] { "TRIGGER, EVENT, SHOW VIEW ON *.*", "SELECT ON shop_1.*", "SELECT ON mysql.*" }, "")]
    [InlineData(new[] { All }, "GRANT SELECT ON `mysql`.`proc` TO 'few'@'%';")]
    [InlineData(new[] { All, "EXECUTE ON shop_1.*" }, "GRANT SELECT ON `mysql`.`proc` TO 'few'@'%';")]
    [InlineData(new[] { "SELECT ON shop_1.t", Routines }, @"GRANT SELECT, SHOW VIEW, TRIGGER, EVENT ON `shop\_1`.* TO 'few'@'%';")]
    [InlineData(new[] { "SELECT (a) ON shop_1.t", "SHOW VIEW, TRIGGER, EVENT ON shop_1.*", Routines }, @"GRANT SELECT ON `shop_1`.* TO 'few'@'%';")]
    [InlineData(new[] { "SELECT, TRIGGER, EVENT ON shop_1.*", Routines }, @"GRANT SHOW VIEW ON `shop_1`.* TO 'few'@'%';")]
    [InlineData(new[] { "SELECT, SHOW VIEW, EVENT ON shop_1.*", Routines }, @"GRANT TRIGGER ON `shop_1`.* TO 'few'@'%';")]
    [InlineData(new[] { "SELECT, SHOW VIEW, TRIGGER ON shop_1.*", Routines }, @"GRANT EVENT ON `shop_1`.* TO 'few'@'%';")]
    [InlineData(new[] { "SELECT, SHOW VIEW, TRIGGER ON `shop%`.*", "EVENT ON `shop_1`.*", Routines }, @"GRANT SELECT, SHOW VIEW, TRIGGER ON `shop_1`.* TO 'few'@'%';")] // the server takes the more precise one
    public async Task Is_told_what_to_be_given_and_dumps_everything_then(string[] some, string missing)
    {
        using var work = TemporaryDirectory.Create();

        Assert.Equal(missing, await RightsForTests.DumpWithAsync(master.Server, "shop_1", some, work.Path));
    }

    [NeedsFact(Need.LocalServer, Need.Root)]
    public async Task Has_those_of_its_role()
    {
        using var work = TemporaryDirectory.Create();

        Assert.Equal("", await RightsForTests.DumpWithAsync(master.Server, "shop_1", ["dumpers"], work.Path, "SET DEFAULT ROLE dumpers FOR few"));
    }
}
