using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Engines;
using Stillframe.Verification;

namespace Stillframe.EndToEnd.Frames;

/// <summary>Tables on which an attempt to write could be refused for a wrong reason, or not at all for having nothing to write.</summary>
[Trait(Soaking.Category, Soaking.Soak)]
public sealed class VerifiedFrames : IDisposable
{
    static readonly (string What, string Sql)[] tables =
    [
        ("an empty table", "CREATE TABLE a (id INT PRIMARY KEY) ENGINE=InnoDB;"),
        ("an empty table of MyISAM", "CREATE TABLE a (id INT PRIMARY KEY) ENGINE=MyISAM;"),
        ("tables of other engines", "CREATE TABLE a (id INT) ENGINE=Aria; INSERT INTO a VALUES (1); CREATE TABLE c (id INT NOT NULL) ENGINE=MyISAM; INSERT INTO c VALUES (1);"),
        ("a table in memory", "CREATE TABLE a (id INT) ENGINE=MEMORY;"),
        ("a sequence", "CREATE SEQUENCE a;"),
        ("generated columns", "CREATE TABLE a (id INT NOT NULL, v INT AS (id + 1) VIRTUAL, p INT AS (id + 2) STORED, CHECK (id > 3)) ENGINE=InnoDB; INSERT INTO a (id) VALUES (4);"),
        ("a parent and a child", "CREATE TABLE a (id INT PRIMARY KEY) ENGINE=InnoDB; CREATE TABLE b (id INT PRIMARY KEY, FOREIGN KEY (id) REFERENCES a (id)) ENGINE=InnoDB; INSERT INTO a VALUES (1); INSERT INTO b VALUES (1);"),
        ("a table with history", "CREATE TABLE a (id INT PRIMARY KEY) ENGINE=InnoDB WITH SYSTEM VERSIONING; INSERT INTO a VALUES (1);"),
        ("partitions", "CREATE TABLE a (id INT PRIMARY KEY) ENGINE=InnoDB PARTITION BY HASH (id) PARTITIONS 2;"),
        ("a view of an empty table", "CREATE TABLE b (id INT PRIMARY KEY) ENGINE=InnoDB; CREATE VIEW a AS SELECT * FROM b;"),
        ("a table with a trigger", "CREATE TABLE a (id INT PRIMARY KEY) ENGINE=InnoDB; INSERT INTO a VALUES (1); CREATE TRIGGER g BEFORE INSERT ON a FOR EACH ROW SET NEW.id = NEW.id + 1;"),
    ];

    /// <summary>A third of them in each run: each is a frame of its own.</summary>
    public static TheoryData<string, string> OfThisRun => CasesOfThisRun.Of(tables, 3);

    readonly FrameWorkshop workshop = new();

    [NeedsTheory(Need.LocalServer)]
    [MemberData(nameof(OfThisRun))]
    public async Task Refuse_writing_for_the_right_reason(string what, string sql)
    {
        var dump = workshop.Dump("shop.sql", sql.Replace("; ", ";\n", StringComparison.Ordinal) + "\nCREATE TABLE z (id INT PRIMARY KEY) ENGINE=InnoDB;\nINSERT INTO z VALUES (1);\n");
        var frame = await FrameWorkshop.BuildAsync(workshop.Request([dump], EngineKind.Local));
        await using var stage = await FrameWorkshop.StageAsync(frame);

        var report = await FrameVerifier.VerifyAsync(stage, frame.Contents, FrameWorkshop.Reader, SilentReporter.Instance, CancellationToken.None);

        Assert.True(report.Passed, $"{what}{Environment.NewLine}{string.Join(Environment.NewLine, report.Lines())}");
    }

    public void Dispose() => workshop.Dispose();
}
