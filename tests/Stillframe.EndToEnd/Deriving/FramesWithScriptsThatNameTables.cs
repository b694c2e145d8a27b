using Stillframe.EndToEnd.Families;
using Stillframe.EndToEnd.Frames;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Linking;
using Stillframe.Engines;
using Stillframe.Frames;

namespace Stillframe.EndToEnd.Deriving;

public sealed class FramesWithScriptsThatNameTables : IDisposable
{
    const string Tables =
        """
        SET NAMES utf8mb4;
        SET FOREIGN_KEY_CHECKS=0;
        CREATE DATABASE shop;
        USE shop;
        CREATE TABLE article (id int PRIMARY KEY, name varchar(40), price decimal(8,2)) ENGINE=InnoDB;
        CREATE TABLE line (id int PRIMARY KEY, article int, amount int, FOREIGN KEY (article) REFERENCES article (id) ON DELETE CASCADE) ENGINE=InnoDB;
        CREATE TABLE total (article int PRIMARY KEY, amount int, noted datetime DEFAULT CURRENT_TIMESTAMP) ENGINE=InnoDB;
        CREATE TABLE noise (id int PRIMARY KEY, v varchar(40)) ENGINE=InnoDB;
        CREATE TABLE seen (id int AUTO_INCREMENT PRIMARY KEY, article int) ENGINE=InnoDB;

        """;

    const string Objects =
        """
        CREATE TRIGGER line_total AFTER INSERT ON total FOR EACH ROW INSERT INTO seen (article) VALUES (NEW.article);
        CREATE PROCEDURE p() UPDATE noise SET v = 'x';
        CREATE VIEW v AS SELECT * FROM total;
        -- Dump completed on 2026-11-20 10:00:00

        """;

    const string Sums = "INSERT INTO total (article, amount) SELECT article, SUM(amount) FROM line GROUP BY article;\nUPDATE total SET amount = amount + 1 WHERE article % 2 = 0;\nDELETE FROM line WHERE id > 30;\n";

    static readonly string[] queries =
    [
        "SELECT * FROM shop.article ORDER BY id", "SELECT * FROM shop.line ORDER BY id", "SELECT * FROM shop.total ORDER BY article", "SELECT * FROM shop.noise ORDER BY id", "SELECT * FROM shop.seen ORDER BY id",
        "SELECT * FROM shop.v ORDER BY 1",
    ];

    static readonly string[] named = ["shop.line", "shop.total", "shop.seen"];

    readonly LinkBench bench = new();

    [Trait(Soaking.Turn, Soaking.Odd)]
    [NeedsFact(Need.Apt)]
    public async Task Are_as_if_they_named_none_and_the_other_tables_are_linked_as_they_are()
    {
        var (dump, script) = (bench.Write("shop.sql", Dump()), bench.Write("sums.sql", Sums));
        var whole = await bench.BuildAsync(dump, request => request with { Scripts = [script] });
        Assert.Empty(bench.Compiled);
        var expected = await FrameAnswers.OfAsync(whole, queries);
        Assert.Contains("2026-11-20 10:00:00", expected[2], StringComparison.Ordinal);
        FrameRequest Named(FrameRequest request) => request with { Scripts = [script], ScriptTables = named, LayoutDirectory = bench.PathOf("named") };

        var frame = await bench.BuildAsync(dump, Named);
        Assert.Equal(["shop.article", "shop.line", "shop.noise", "shop.seen", "shop.total"], bench.Compiled);
        Assert.Equal(expected, await FrameAnswers.OfAsync(frame, queries));
        Assert.Equal(whole.DataVersion, frame.DataVersion);
        using var elsewhere = new LinkBench();
        Assert.Equal(frame.Digest, (await elsewhere.BuildAsync(dump, Named)).Digest);

        await bench.BuildAsync(bench.Write("shop.sql", Dump("'noise 3'", "'other'")), Named);
        Assert.Equal(["shop.noise"], bench.Compiled);
        await bench.BuildAsync(bench.Write("shop.sql", Dump("(7,8,", "(7,3,")), Named);
        Assert.Equal(["shop.line", "shop.total"], bench.Compiled);
    }

    [NeedsTheory(Need.Apt)]
    [InlineData("UPDATE total SET amount = 1;\n\nINSERT INTO total (article, amount) SELECT id, 1 FROM article;\n", "Table 'shop.article' doesn't exist", 3)]
    [InlineData("CALL p();\n", "Table 'shop.noise' doesn't exist", 1)]
    [InlineData("INSERT INTO line VALUES (900, 77, 1);\n", "foreign key constraint fails", 1)]
    [InlineData("CREATE VIEW w AS SELECT 1;\n", "may change rows, and nothing else", 1)]
    [InlineData("SELECT 1;\nALTER TABLE total ADD COLUMN x int;\n", "may change rows, and nothing else", 2)]
    public async Task Are_refused_where_a_script_touches_more(string script, string what, int line)
    {
        var dump = bench.Write("shop.sql", Dump());
        var path = bench.Write("more.sql", script);

        var failure = await Assert.ThrowsAsync<StillframeException>(() => bench.BuildAsync(dump, request => request with { Scripts = [path], ScriptTables = named, AllowedStatements = ["CALL"] }));

        Assert.Equal("SF1031", failure.Code);
        Assert.Contains(what, failure.Message, StringComparison.Ordinal);
        Assert.Equal((path, line), (failure.Location!.File, failure.Location.Line));
    }

    [NeedsFact(Need.Apt)]
    public async Task Are_refused_where_rows_go_that_a_table_refers_to_that_is_not_named()
    {
        var (dump, script) = (bench.Write("shop.sql", Dump()), bench.Write("less.sql", "DELETE FROM article WHERE id = 4;\n"));

        var failure = await Assert.ThrowsAsync<StillframeException>(() => bench.BuildAsync(dump, request => request with { Scripts = [script], ScriptTables = ["shop.article"] }));
        var frame = await bench.BuildAsync(dump, request => request with { Scripts = [script], ScriptTables = ["shop.article", "shop.li*"] });

        Assert.Equal("SF1031", failure.Code);
        Assert.Contains("Name shop.line in Tables", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["9", "36"], await FrameAnswers.OfAsync(frame, ["SELECT COUNT(*) FROM shop.article", "SELECT COUNT(*) FROM shop.line"]));
    }

    [Trait(Soaking.Turn, Soaking.Even)]
    [NeedsFact(Need.Apt)]
    public async Task See_the_rows_that_a_subset_leaves()
    {
        var (dump, script) = (bench.Write("shop.sql", Dump()), bench.Write("sums.sql", Sums));

        FrameRequest Both(FrameRequest request) => request with { Scripts = [script], Subsets = [new("shop.article", "id <= 3")] };
        var whole = await FrameAnswers.OfAsync(await bench.BuildAsync(dump, Both), queries);
        var frame = await FrameAnswers.OfAsync(await bench.BuildAsync(dump, request => Both(request) with { ScriptTables = named, LayoutDirectory = bench.PathOf("named") }), queries);

        Assert.Equal(whole, frame);
        Assert.Equal(3, frame[2].Split('\n').Length);
    }

    [Trait(Soaking.Turn, Soaking.Odd)]
    [NeedsFact(Need.Docker, Need.MySql)]
    public async Task Of_a_MySql_are_as_if_they_named_none()
    {
        var (dump, script) = (bench.Write("shop.sql", Dump()), bench.Write("sums.sql", Sums));
        var options = await MySqlImage.OptionsAsync(bench.Request(dump).Engine with { Kind = EngineKind.Docker });

        FrameRequest Both(FrameRequest request) => request with { Scripts = [script], Subsets = [new("shop.article", "id <= 3")], Engine = options };
        var whole = await FrameAnswers.OfAsync(await bench.BuildAsync(dump, Both), queries);
        Assert.Empty(bench.Compiled);
        var frame = await FrameAnswers.OfAsync(await bench.BuildAsync(dump, request => Both(request) with { ScriptTables = named, LayoutDirectory = bench.PathOf("named") }), queries);

        Assert.Equal(5, bench.Compiled.Count);
        Assert.Equal(whole, frame);
        Assert.Equal(3, frame[2].Split('\n').Length);
    }

    public void Dispose() => bench.Dispose();

    static string Dump(string from = "", string to = "")
    {
        var rows = string.Concat(Enumerable.Range(1, 10).Select(id => $"INSERT INTO article VALUES ({id},'article {id}',{id}.50);\nINSERT INTO noise VALUES ({id},'noise {id}');\n"))
            + string.Concat(Enumerable.Range(1, 40).Select(id => $"INSERT INTO line VALUES ({id},{(id % 10) + 1},{id});\n"));
        return Tables + (from.Length == 0 ? rows : rows.Replace(from, to, StringComparison.Ordinal)) + Objects;
    }
}
