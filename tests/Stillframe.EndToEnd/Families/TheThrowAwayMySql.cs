using Stillframe.Dumps;
using Stillframe.EndToEnd.Attacks;
using Stillframe.EndToEnd.Engines;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Engines;
using Stillframe.Loading;

namespace Stillframe.EndToEnd.Families;

/// <summary>The attacks that a throw-away MariaDB stands, and those that only a MySQL could take, by its reader and by the server alone.</summary>
public sealed class TheThrowAwayMySql
{
    /// <summary>Of MySQL alone. Placeholders as in <see cref="Attack"/>.</summary>
    static readonly string[] own =
    [
        "INSTALL COMPONENT 'file://component_validate_password'",
        "SET PERSIST max_connections = 7",
        "SET PERSIST_ONLY init_connect = 'CREATE USER evil'",
        "SET @@PERSIST.max_connections = 7",
        "CREATE TABLESPACE evil ADD DATAFILE '{file}' ENGINE=InnoDB",
        "CREATE UNDO TABLESPACE evil ADD DATAFILE '{file}'",
        "IMPORT TABLE FROM '{secret}'",
        "CLONE LOCAL DATA DIRECTORY '{file}'",
        "ALTER INSTANCE DISABLE INNODB REDO_LOG",
        "CREATE RESOURCE GROUP evil TYPE = USER",
        "CREATE SPATIAL REFERENCE SYSTEM 4120 NAME 'evil' DEFINITION 'x'",
        "CHANGE REPLICATION SOURCE TO SOURCE_HOST = '127.0.0.1'",
        "START REPLICA",
        "INSERT INTO mysql.user (Host, User, Super_priv) VALUES ('%', 'evil', 'Y')",
        "INSERT INTO mysql.global_grants VALUES ('stillframe', '%', 'FILE', 'N')",
        "UPDATE mysql.user SET File_priv = 'Y'",
        "GRANT FILE ON *.* TO stillframe",
        "CREATE ROLE evil",
        "SET DEFAULT ROLE evil TO stillframe",
        "LOAD DATA FROM URL 'file://{secret}' INTO TABLE s",
        "INSERT INTO s VALUES (/*!80000 LOAD_FILE */ ('{secret}'))",
        "RESTART",
    ];

    /// <summary>With those of MariaDB, each in some thirty places.</summary>
    [Trait(Soaking.Turn, Soaking.Even)]
    [NeedsFact(Need.Docker, Need.MySql)]
    public async Task Does_no_harm_whatever_a_dump_says()
    {
        using var canaries = new Canaries();
        await using var server = await StartAsync();
        var attacks = own.Select(statement => (Name: statement, Attacks: (IEnumerable<IReadOnlyList<string>>)[[canaries.Of(statement)]]));
        foreach (var (name, statements) in attacks.Concat(TheThrowAwayServer.Everything(canaries)))
        {
            await server.RunAsync(SessionOf.Author, statements, sent => TheThrowAwayServer.AssertNothing(canaries, name, sent));
            var error = await Record.ExceptionAsync(server.RequireUntouchedAsync);
            Assert.True(error is null, $"{name}: {error?.Message}");
        }

        Assert.Empty(await server.FilesWithAsync(canaries.Word));
    }

    [Fact]
    public void Never_hears_of_what_its_reader_refuses()
    {
        using var directory = TemporaryDirectory.Create();
        var dump = Path.Combine(directory.Path, "shop.sql");
        foreach (var statement in own)
        {
            File.WriteAllText(dump, $"CREATE TABLE s (v TEXT);\n{statement};\n");

            var error = Record.Exception(() => DumpReader.Read([dump], new() { Server = ServerKind.MySql }, SilentReporter.Instance, default).ToList());

            Assert.True(error is StillframeException { Location.Line: 2 }, $"{statement}: {error?.Message ?? "is read"}");
        }
    }

    static async Task<AttackedServer> StartAsync()
    {
        var options = await MySqlImage.OptionsAsync(Bench.Options(EngineKind.Docker));
        return await AttackedServer.StartAsync((await EngineSelector.OpenAsync(options, SilentReporter.Instance, default)).Sandbox);
    }
}
