using Stillframe.EndToEnd.Engines;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Engines;
using Stillframe.Loading;

namespace Stillframe.EndToEnd.Attacks;

/// <summary>The second wall alone: every attack is run by the server, in every place, as though no reader had looked at it.</summary>
[Trait(Soaking.Category, Soaking.Soak)]
public class TheThrowAwayServer
{
    public static TheoryData<EngineKind> Engines => Bench.OneOf(EngineKind.Docker, EngineKind.Local, EngineKind.Embedded);

    /// <summary>All of one attack, in every place, and of the expression.</summary>
    internal static IEnumerable<(string Name, IEnumerable<IReadOnlyList<string>> Attacks)> Everything(Canaries canaries) =>
        Attack.All.Select(attack => (attack.Name, Place.All.Select(place => place.Statements(canaries.Of(attack.Sql)))))
            .Append(("an expression", Place.OfExpressions.Select(place => place.Statements(canaries.Of(Attack.Expression)))));

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Does_no_harm_whatever_a_dump_says(EngineKind kind)
    {
        using var canaries = new Canaries();
        await using var server = await AttackedServer.StartAsync(kind);
        foreach (var (name, attacks) in Everything(canaries))
        {
            await server.RunAsync(SessionOf.Author, attacks, statements => AssertNothing(canaries, name, statements));
            var error = await Record.ExceptionAsync(server.RequireUntouchedAsync);
            Assert.True(error is null, $"{name}: {error?.Message}");
        }

        Assert.Empty(await server.FilesWithAsync(canaries.Word));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Reaches_no_file_even_with_every_privilege(EngineKind kind)
    {
        using var canaries = new Canaries();
        await using var server = await AttackedServer.StartAsync(kind);
        foreach (var (name, attacks) in Everything(canaries).Where(one => one.Name == "an expression" || Attack.All.Single(attack => attack.Name == one.Name).Sql.Contains('{', StringComparison.Ordinal)))
            await server.RunAsync(SessionOf.Builder, attacks, statements => AssertNothing(canaries, name, statements));

        Assert.Empty(await server.FilesWithAsync(canaries.Word));
    }

    [Trait(Soaking.Turn, Soaking.Odd)]
    [NeedsFact(Need.Apt)]
    public async Task Gives_the_author_of_a_dump_nothing_but_its_schemas()
    {
        await using var server = await AttackedServer.StartAsync(EngineKind.Embedded);
        await using var connection = await server.ConnectAsync(SessionOf.Author);

        var grants = await connection.QueryAsync("SHOW GRANTS", default);

        Assert.Equal(["GRANT USAGE ON *.* TO `stillframe`@`%`", "GRANT ALL PRIVILEGES ON `shop`.* TO `stillframe`@`%`"], grants.Select(row => row[0]!.Split(" IDENTIFIED")[0]));
    }

    /// <summary>A third of them in each run: each is a server of its own.</summary>
    public static TheoryData<string, string> CameThrough => CasesOfThisRun.Of(Changes, 3);

    static readonly (string Named, string Statement)[] Changes =
    [
        ("evil", "CREATE USER evil"),
        ("evil", "CREATE ROLE evil"),
        ("mallory", "GRANT SELECT ON shop.* TO mallory IDENTIFIED BY 'x'"),
        ("root", "ALTER USER root@localhost IDENTIFIED BY 'x'"),
        ("root", "DELETE FROM mysql.global_priv WHERE User = 'root'"),
        ("mariadb.sys", "ALTER USER 'mariadb.sys'@localhost ACCOUNT UNLOCK"),
        ("proxies_priv", "INSERT INTO mysql.proxies_priv VALUES ('%', 'stillframe', '', 'root', 1, '', NOW())"),
        ("db: 'stillframe'@'%' shop", "INSERT INTO mysql.db (Host, Db, User, Select_priv) VALUES ('%', 'shop', 'stillframe', 'Y')"),
        ("servers", "CREATE SERVER evil FOREIGN DATA WRAPPER mysql OPTIONS (HOST '127.0.0.1')"),
        ("plugin", "INSERT INTO mysql.plugin VALUES ('evil', 'evil.so')"),
        ("func", "INSERT INTO mysql.func VALUES ('evil', 0, 'evil.so', 'function')"),
        ("event_scheduler", "SET GLOBAL event_scheduler = ON"),
        ("proc", "CREATE DEFINER=root@localhost PROCEDURE shop.evil() SELECT 1"),
        ("event", "CREATE DEFINER=root@localhost EVENT shop.evil ON SCHEDULE EVERY 1 DAY DO SELECT 1"),
    ];

    [NeedsTheory(Need.Apt)]
    [MemberData(nameof(CameThrough))]
    public async Task Is_found_out_before_freezing_if_something_came_through_all_the_same(string named, string statement)
    {
        await using var server = await AttackedServer.StartAsync(EngineKind.Embedded);
        await server.RequireUntouchedAsync();
        await using (var connection = await server.ConnectAsync(SessionOf.Builder))
        {
            await connection.ExecuteAsync("CREATE DATABASE shop", default);
            await connection.ExecuteAsync(statement, default);
        }

        var error = await Assert.ThrowsAsync<StillframeException>(server.RequireUntouchedAsync);

        Assert.Equal(ErrorCodes.AccountsDiffer, error.Code);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    /// <summary>The one account that its owner may change without a privilege is its own.</summary>
    [Trait(Soaking.Turn, Soaking.Even)]
    [NeedsFact(Need.Apt)]
    public async Task Is_found_out_before_freezing_if_its_author_gave_itself_a_password()
    {
        await using var server = await AttackedServer.StartAsync(EngineKind.Embedded);
        await using (var connection = await server.ConnectAsync(SessionOf.Author))
            await connection.ExecuteAsync("SET PASSWORD = PASSWORD('x')", default);

        var error = await Assert.ThrowsAsync<StillframeException>(server.RequireUntouchedAsync);

        Assert.Equal(ErrorCodes.AccountsDiffer, error.Code);
    }

    [NeedsFact(Need.Apt, Need.Root)]
    public async Task Of_a_build_by_root_is_another_user_without_rights_in_a_root_of_its_own()
    {
        await using var server = await AttackedServer.StartAsync(EngineKind.Embedded);
        var process = Bench.ProcessesWith($"--datadir={server.DataDirectory}").Single(line => line.Split(' ')[1].Contains("ld-linux", StringComparison.Ordinal)).Split(' ')[0];
        var status = await File.ReadAllLinesAsync($"/proc/{process}/status");

        Assert.Contains(status, line => line.StartsWith("Uid:\t65533\t65533\t65533", StringComparison.Ordinal));
        Assert.Contains(status, line => line is "CapEff:\t0000000000000000");
        Assert.Contains(status, line => line is "CapPrm:\t0000000000000000");
        Assert.Contains(status, line => line is "NoNewPrivs:\t1");
        Assert.False(Directory.Exists($"/proc/{process}/root/home"));
        Assert.DoesNotContain("eth", string.Concat((await File.ReadAllLinesAsync($"/proc/{process}/net/dev")).Skip(2)), StringComparison.Ordinal);
    }

    internal static void AssertNothing(Canaries canaries, string name, IReadOnlyList<string> statements) =>
        Assert.True(canaries.Written() is [], $"{name} got out: {string.Join("; ", statements)}");
}
