using System.Data.Common;
using Stillframe.EndToEnd.Engines;
using Stillframe.EndToEnd.Frames;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Routing;
using Stillframe.Engines;
using Stillframe.Frames;
using Stillframe.Testing;

namespace Stillframe.EndToEnd.Testing;

[CollectionDefinition(Name)]
public sealed class TestsWithAFrame : ICollectionFixture<TestedFrame>
{
    public const string Name = "tests with a frame";
}

/// <summary>One frame for the tests of scratch copies, with tables of three engines, a view, a trigger and a procedure that write.</summary>
public sealed class TestedFrame : IAsyncLifetime, IDisposable
{
    const string Dump = """
        CREATE TABLE orders (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, text VARCHAR(100) NOT NULL) ENGINE=InnoDB;
        INSERT INTO orders VALUES (1,'from the start'),(2,'the second');
        CREATE TABLE log (text VARCHAR(100) NOT NULL) ENGINE=InnoDB;
        CREATE TABLE old (id INT NOT NULL PRIMARY KEY) ENGINE=MyISAM;
        INSERT INTO old VALUES (1);
        CREATE TABLE page (id INT NOT NULL PRIMARY KEY) ENGINE=Aria;
        INSERT INTO page VALUES (1);
        CREATE VIEW texts AS SELECT id, text FROM orders;
        DELIMITER ;;
        CREATE TRIGGER logged AFTER INSERT ON orders FOR EACH ROW INSERT INTO log VALUES (NEW.text);;
        CREATE PROCEDURE add_order(IN what VARCHAR(100)) INSERT INTO orders (text) VALUES (what);;
        DELIMITER ;
        """;

    readonly FrameWorkshop workshop = new();

    public FrameBuild Build { get; private set; } = null!;

    public string Layout => Build.LayoutDirectory;

    /// <summary>Those container engines that work on this machine, and none.</summary>
    public static TheoryData<string> Engines
    {
        get
        {
            var engines = new TheoryData<string> { "embedded" };
            foreach (var row in (IEnumerable<object[]>)Bench.EnginesOf(EngineKind.Docker, EngineKind.Podman))
                engines.Add(row[0].ToString()!.ToLowerInvariant());
            return engines;
        }
    }

    public static FrameOptions Options(string engine) => new() { Engine = engine, User = FrameWorkshop.Reader.User, Password = FrameWorkshop.Reader.Password };

    public async Task InitializeAsync()
    {
        if (Needs.WhyNot([Need.LocalServer]) is null)
            Build = await FrameWorkshop.BuildAsync(workshop.Request([workshop.Dump("shop.sql", Dump)], EngineKind.Local) with { Schema = "shop" });
    }

    internal static async Task<DbConnection> OpenAsync(string connectionString)
    {
        var connection = TestProvider.Factory.CreateConnection()!;
        connection.ConnectionString = connectionString;
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>What stays in the engines for the next run of somebody's tests.</summary>
    public async Task DisposeAsync()
    {
        foreach (var row in (IEnumerable<object[]>)Engines)
        {
            if (Build is not null && row[0] is string engine and not "embedded")
                await Command.RunAsync(engine, ["rmi", "--force", $"localhost/{Product.Name}/test:{Build.Digest["sha256:".Length..][..12]}"]);
        }
    }

    public void Dispose() => workshop.Dispose();
}
