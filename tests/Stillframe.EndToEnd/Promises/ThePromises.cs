using Stillframe.Dumps;
using Stillframe.EndToEnd.Engines;
using Stillframe.EndToEnd.Families;
using Stillframe.EndToEnd.Frames;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Linking;
using Stillframe.Engines;
using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Verification;

namespace Stillframe.EndToEnd.Promises;

/// <summary>Each promise of a frame, asked of a frame of each server that can be had, made and started by each engine.</summary>
public sealed class ThePromises
{
    const string Yes = "✓", No = "✗", NoContainer = "no container";

    static readonly (EngineKind Engine, ServerKind Server)[] all =
    [
        (EngineKind.Docker, ServerKind.MariaDb), (EngineKind.Docker, ServerKind.MySql), (EngineKind.Podman, ServerKind.MariaDb), (EngineKind.Podman, ServerKind.MySql),
        (EngineKind.Local, ServerKind.MariaDb), (EngineKind.Embedded, ServerKind.MariaDb),
    ];

    /// <summary>One in each run; all in Soak.</summary>
    public static TheoryData<EngineKind, ServerKind> OfThisRun
    {
        get
        {
            var working = all.Where(one => IsWorking(one.Engine, one.Server)).ToList();
            return CasesOfThisRun.Of(working, working.Count);
        }
    }

    [Trait(Soaking.Category, Soaking.Soak)]
    [NeedsTheory(Need.Apt)]
    [MemberData(nameof(OfThisRun))]
    public async Task Of_a_server_on_an_engine_are_kept_as_README_says(EngineKind engine, ServerKind server)
    {
        using LinkBench here = new(), elsewhere = new();
        var options = await OptionsAsync(here, engine, server);
        var frame = await BuildAsync(here, options, "a");
        var twin = await BuildAsync(elsewhere, options with { CacheDirectory = elsewhere.Cache, WorkDirectory = elsewhere.PathOf("work") }, "a");
        var report = await VerifyAsync(frame);
        var (layers, again) = (await TableLayers.OfAsync(frame, "shop"), await TableLayers.OfAsync(twin, "shop"));
        Assert.Equal(3, layers.Count);
        await BuildAsync(here, options, "b");

        string Check(params string[] names) =>
            report.Checks.Where(check => names.Contains(check.Name)).ToList() is { Count: > 0 } found ? Tick(found.All(check => check.Passed)) : NoContainer;
        var kept = new Dictionary<string, string>
        {
            ["no volume, a numeric user, no capability, a read-only root"] = Check("mounts", "user"),
            ["every write is refused, for the reader"] = Check("writes as the reader"),
            ["every write is refused, for somebody with every privilege"] = Check("writes with every privilege"),
            ["rows and checksums are those that were loaded, views answer"] = Tick(report.Checks.Where(check => check.Name is "rows and checksums" or "views").All(check => check.Passed)),
            ["a table counts on from where its rows end"] = Tick((await FrameAnswers.OfAsync(frame, ["SHOW CREATE TABLE shop.note"]))[0].Contains("AUTO_INCREMENT=501 ", StringComparison.Ordinal)),
            ["its start writes nothing"] = Check("bytes written"),
            ["a table that has not changed is not loaded again"] = Tick(here.Compiled is ["shop.article"]),
            ["equal tables are equal layers, wherever they are built"] = Tick(layers.Count == again.Count && layers.All(table => again[table.Key] == table.Value)),
            ["the same dump is the same image, wherever it is built"] = Tick(frame.Digest == twin.Digest),
        };
        var name = $"{ServerProgram.Of(server).Product} {string.Join('.', frame.Server.Split('.').Take(2))}, {engine.ToString().ToLowerInvariant()}";
        if (PromisesTable.IsToBeWritten)
            PromisesTable.Write(name, kept);
        Assert.True(report.Passed, string.Join(Environment.NewLine, report.Lines()));
        if (PromisesTable.Column(name) is not { } said)
            return;
        string[] Lines(IReadOnlyDictionary<string, string> column) => [.. column.Select(row => $"{row.Key}: {row.Value}").Order(StringComparer.Ordinal)];
        Assert.Equal(Lines(said), Lines(kept));
    }

    static string Tick(bool isKept) => isKept ? Yes : No;

    static bool IsWorking(EngineKind engine, ServerKind server) =>
        Bench.EnginesThatWork.Contains(engine) && (server == ServerKind.MariaDb || Needs.Missing(Need.MySql) is null);

    static async Task<EngineOptions> OptionsAsync(LinkBench bench, EngineKind engine, ServerKind server)
    {
        var options = Bench.Options(engine) with { CacheDirectory = bench.Cache, WorkDirectory = bench.PathOf("work") };
        if (server == ServerKind.MariaDb)
            return options;
        options = await MySqlImage.OptionsAsync(options);
        return engine == EngineKind.Podman ? options with { BaseImage = PodmanForTests.Load(options.BaseImage!) ?? throw new InvalidOperationException("podman does not take the image") } : options;
    }

    static async Task<VerificationReport> VerifyAsync(FrameBuild frame)
    {
        await using var stage = await FrameStages.CreateAsync(await ImageLayout.ReadAsync(frame.LayoutDirectory), frame.Engine, null, SilentReporter.Instance, default);
        return await FrameVerifier.VerifyAsync(stage, frame.Contents, LinkBench.Reader, SilentReporter.Instance, default);
    }

    static async Task<FrameBuild> BuildAsync(LinkBench bench, EngineOptions options, string name)
    {
        var rows = string.Concat(Enumerable.Range(1, 500).Select(id => $"INSERT INTO `article` VALUES ({id},'{name}{id}','{new string('x', id % 90)}');\nINSERT INTO `line` VALUES ({id},{id % 7 + 1});\nINSERT INTO `note` (`t`) VALUES ('{id}');\n"));
        var dump = bench.Write(
            "shop.sql",
            $"""
            CREATE DATABASE shop;
            USE shop;
            CREATE TABLE `article` (`id` int NOT NULL PRIMARY KEY, `name` varchar(80), `text` text, KEY (`name`));
            CREATE TABLE `line` (`id` int NOT NULL PRIMARY KEY, `article` int, CONSTRAINT `of` FOREIGN KEY (`article`) REFERENCES `article` (`id`));
            CREATE TABLE `note` (`id` int NOT NULL AUTO_INCREMENT PRIMARY KEY, `t` longtext);
            SET FOREIGN_KEY_CHECKS=0;
            {rows}
            CREATE VIEW `names` AS SELECT `name` FROM `article`;
            -- Dump completed on 2026-01-02  3:04:05

            """);
        return await bench.BuildAsync(dump, request => request with { Engine = options });
    }
}
