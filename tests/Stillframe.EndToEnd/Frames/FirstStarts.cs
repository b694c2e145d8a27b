using Stillframe.EndToEnd.Engines;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Engines;
using Stillframe.Frames;

namespace Stillframe.EndToEnd.Frames;

/// <summary>Every frame is started before it is written anywhere.</summary>
[Trait(Soaking.Category, Soaking.Soak)]
public sealed class FirstStarts : IDisposable
{
    const string Dump = "CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(20)) ENGINE=InnoDB;\nINSERT INTO t VALUES (1,'a'),(2,'b');\nCREATE TABLE e (id INT PRIMARY KEY) ENGINE=InnoDB;\nCREATE VIEW w AS SELECT v FROM t;\n";

    readonly FrameWorkshop workshop = new();
    readonly Listener said = new();

    public static TheoryData<EngineKind> Kinds => Bench.Engines;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Count_every_row(EngineKind kind)
    {
        await BuildAsync(Dump, kind);

        Assert.Contains(said.Messages, line => line.StartsWith("Started the frame as production will: 2 tables, 2 rows", StringComparison.Ordinal));
    }

    [Trait(Soaking.Turn, Soaking.Even)]
    [NeedsFact(Need.LocalServer)]
    public async Task Are_spared_where_nothing_changed_and_where_they_are_not_wanted()
    {
        await BuildAsync(Dump, EngineKind.Local, request => request with { StartCheck = false });
        await BuildAsync(Dump, EngineKind.Local);

        Assert.Contains(said.Messages, line => line.EndsWith("is up to date", StringComparison.Ordinal));
        Assert.DoesNotContain(said.Messages, line => line.StartsWith("Started", StringComparison.Ordinal));
    }

    [Trait(Soaking.Turn, Soaking.Odd)]
    [NeedsFact(Need.LocalServer)]
    public async Task Count_the_rows_of_a_frame_loaded_as_a_whole()
    {
        var script = workshop.Dump("s.sql", "UPDATE t SET v = 'x';\n");
        await BuildAsync(Dump, EngineKind.Local, request => request with { Scripts = [script] });

        Assert.Contains(said.Messages, line => line.StartsWith("Started the frame as production will: 2 tables, 2 rows", StringComparison.Ordinal));
    }

    static readonly (string Name, string Value, string Words)[] wrong =
    [
        ("nosuchoption", "1", "unknown variable 'nosuchoption=1'"),
        ("innodb_buffer_pool_size", "abc", "innodb-buffer-pool-size"),
        ("loose-innodb_buffer_pool_size", "abc", "innodb-buffer-pool-size"),
        ("sql_mode", "NO_SUCH_MODE", "sql-mode"),
        ("max_connectio", "10", "unknown variable 'max-connectio=10'"),
    ];

    /// <summary>Half of them in each run: each is a build of its own.</summary>
    public static TheoryData<string, string, string> WrongOfThisRun => CasesOfThisRun.Of(wrong, 2);

    [Trait(Soaking.Turn, Soaking.Even)]
    [NeedsTheory(Need.LocalServer)]
    [MemberData(nameof(WrongOfThisRun))]
    public async Task Try_the_servers_options(string name, string value, string words)
    {
        var error = await Assert.ThrowsAsync<StillframeException>(
            () => BuildAsync(Dump, EngineKind.Local, request => request with { ServerOptions = new Dictionary<string, string> { [name] = value, ["max_allowed_packet"] = "64M" } }));

        Assert.Equal(ErrorCodes.OptionInvalid, error.Code);
        Assert.Contains($"'{name}' with the value '{value}'", error.Message, StringComparison.Ordinal);
        Assert.Contains(words.Replace('-', '_'), error.Message.Replace('-', '_'), StringComparison.Ordinal);
        Assert.False(Directory.Exists(workshop.PathOf("layout")));
    }

    [Trait(Soaking.Turn, Soaking.Odd)]
    [NeedsTheory(Need.LocalServer)]
    [InlineData("MEMORY", "test.m has 0 rows, was loaded with 1")] // its rows are gone with the server that loaded them
    [InlineData("CSV", "test.m: ERROR 29")] // opened for writing, whoever asks
    public async Task Refuse_tables_that_a_frame_can_not_serve(string tableEngine, string words)
    {
        var error = await Assert.ThrowsAsync<StillframeException>(
            () => BuildAsync($"CREATE TABLE m (id INT NOT NULL) ENGINE={tableEngine};\nINSERT INTO m VALUES (1);\n", EngineKind.Local));

        Assert.Equal(ErrorCodes.StartCheckFailed, error.Code);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(workshop.PathOf("layout")));
    }

    Task<FrameBuild> BuildAsync(string sql, EngineKind kind, Func<FrameRequest, FrameRequest>? change = null)
    {
        var request = workshop.Request([workshop.Dump("d.sql", sql)], kind) with { Schema = "test", Engine = Bench.Options(kind, workshop.PathOf("work")) };
        return FrameBuilder.BuildAsync(change?.Invoke(request) ?? request, said, CancellationToken.None);
    }

    public void Dispose() => workshop.Dispose();
}
