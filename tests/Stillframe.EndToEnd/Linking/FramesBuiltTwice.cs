using System.Text;
using Stillframe.Connections;
using Stillframe.EndToEnd.Frames;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Loading;
using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Loading;
using Stillframe.Verification;

namespace Stillframe.EndToEnd.Linking;

/// <summary>In two directories, with caches of their own, one table at a time and two: the digest is the same.</summary>
[Trait(Soaking.Category, Soaking.Soak)]
public class FramesBuiltTwice
{
    /// <summary>A dump's time is the clock of its statements.</summary>
    const string Trailer = "-- Dump completed", Completed = $"{Trailer} on 2026-01-02  3:04:05\n";

    static readonly (CompilerKind Compiler, string Reference)[] samples = [(CompilerKind.Server, "sample"), (CompilerKind.Auto, "sample-written")];

    /// <summary>In each run the sample by one and tables of every form by the other; both of both in Soak.</summary>
    public static TheoryData<CompilerKind, string> SamplesOfThisRun => CasesOfThisRun.Of(samples, 2);

    /// <inheritdoc cref="SamplesOfThisRun"/>
    public static TheoryData<CompilerKind> FormsOfThisRun => [.. Soaking.OfThisRun([CompilerKind.Auto, CompilerKind.Server], 2)];

    [NeedsTheory(Need.Apt)]
    [MemberData(nameof(SamplesOfThisRun))]
    public Task Of_the_sample_have_one_digest(CompilerKind compiler, string name) =>
        AssertOneDigestAsync([Repository.PathOf("src/Samples/Gazetteer/data/gazetteer.sql.gz")], (_, frame) => ReferenceFrames.AssertAsync(name, frame), compiler, cold: true);

    [NeedsFact(Need.Apt, Need.LocalServer)]
    public Task Of_every_type_have_one_digest() => AssertOneDigestAsync("types", ["SET timestamp=1000000000", .. EveryType.Statements(new Random(1))], (_, _, _, frame) => ReferenceFrames.AssertAsync("types", frame));

    [NeedsTheory(Need.Apt, Need.LocalServer, Need.Innochecksum)]
    [MemberData(nameof(FormsOfThisRun))]
    public Task Of_tables_of_every_form_have_one_digest_and_the_rows_of_their_source(CompilerKind compiler) =>
        AssertOneDigestAsync("forms", TablesOfEveryForm.Statements, AssertAsInSourceAsync, compiler);

    [Trait(Soaking.Category, Soaking.Only)]
    [NeedsFact(Need.Apt, Need.LocalServer, Need.Innochecksum)]
    public Task Of_compressed_tables_have_one_digest_and_the_rows_of_their_source() =>
        AssertOneDigestAsync("compressed", CompressedTables.Statements, AssertAsInSourceAsync);

    [Trait(Soaking.Category, Soaking.Only)] // KilledBuilds has the same tables, with the digest of a build that was not killed
    [NeedsFact(Need.Apt)]
    public async Task Of_small_tables_have_one_digest()
    {
        using var bench = new LinkBench();
        await AssertOneDigestAsync(bench.Write("shop.sql", SmallDump.Of(SmallDump.Tables)));
    }

    [Trait(Soaking.Turn, Soaking.Odd)]
    [NeedsFact(Need.Apt)]
    public async Task Of_a_dump_that_is_loaded_as_a_whole_have_one_digest()
    {
        using var bench = new LinkBench();
        // its triggers ask for the time, which Sakila's own files don't tell
        const string Time = "-- MariaDB dump 10.19  Distrib 10.11.19-MariaDB, for debian-linux-gnu (x86_64)\nSET NAMES utf8mb4;\n" + Completed;
        await AssertOneDigestAsync([bench.Write("time.sql", Time), .. FrameWorkshop.Sakila], (_, frame) => ReferenceFrames.AssertAsync("sakila", frame));
    }

    /// <summary>InnoDB's name for a table that ALTER TABLE makes anew has the server's process id in it: one digit in a container, up to six on a host.</summary>
    [Trait(Soaking.Category, Soaking.Only)]
    [NeedsTheory(Need.Apt, Need.ProcessIds)]
    [InlineData("ALTER TABLE `basket` ENGINE=InnoDB, ALGORITHM=COPY;\n")]
    [InlineData("ALTER TABLE `basket` ENGINE=InnoDB, ALGORITHM=COPY;\nCREATE TABLE `late` AS SELECT * FROM `log`;\n")]
    public async Task By_servers_with_ids_of_other_lengths_have_one_digest(string alter)
    {
        using var first = new LinkBench(cold: true);
        using var second = new LinkBench(cold: true);
        var dump = first.Write("shop.sql", SmallDump.Of(new Dictionary<string, string>(SmallDump.Tables) { ["zz"] = alter }));
        ProcessIds.GoOnAt(600);
        var one = await first.BuildAsync(dump);
        ProcessIds.GoOnAt(20_000);
        var two = await second.BuildAsync(dump);
        Assert.Equal(one.Digest, two.Digest);
    }

    static async Task AssertOneDigestAsync(string schema, IEnumerable<string> statements, Func<BulkBench, string, LinkBench, FrameBuild, Task>? check = null, CompilerKind compiler = CompilerKind.Server)
    {
        await using var server = await BulkBench.StartAsync();
        await server.RunAsync(schema, statements);
        var dump = await server.DumpAsync(schema);
        var text = await File.ReadAllTextAsync(dump, Encoding.Latin1);
        await File.WriteAllTextAsync(dump, text[..text.LastIndexOf(Trailer, StringComparison.Ordinal)] + Completed, Encoding.Latin1);
        await AssertOneDigestAsync([dump], (bench, frame) => check?.Invoke(server, schema, bench, frame) ?? Task.CompletedTask, compiler);
    }

    static Task AssertOneDigestAsync(params string[] dumps) => AssertOneDigestAsync(dumps, (_, _) => Task.CompletedTask);

    /// <param name="cold">Whether system tables are made anew, too.</param>
    static async Task AssertOneDigestAsync(string[] dumps, Func<LinkBench, FrameBuild, Task> check, CompilerKind compiler = CompilerKind.Server, bool cold = false)
    {
        using var first = new LinkBench(cold);
        using var second = new LinkBench();
        var one = await first.BuildAsync(dumps[0], request => request with { Dumps = dumps, Workers = 1, Compiler = compiler });
        var two = await second.BuildAsync(dumps[0], request => request with { Dumps = dumps, Workers = 2, Compiler = compiler });
        Assert.Equal(one.Digest, two.Digest);
        Assert.Equal(compiler == CompilerKind.Auto, second.Messages.Any(line => line.Contains("written without a server", StringComparison.Ordinal)));
        Assert.DoesNotContain(second.Messages, line => line.Contains("may differ", StringComparison.Ordinal));
        await check(second, two);
    }

    static async Task AssertAsInSourceAsync(BulkBench source, string schema, LinkBench bench, FrameBuild frame)
    {
        Assert.NotEmpty(bench.Compiled);
        var files = bench.PathOf("files");
        Directory.CreateDirectory(files);
        var image = await ImageLayout.ReadAsync(frame.LayoutDirectory);
        foreach (var layer in image.Layers)
            await Command.SucceedAsync("tar", ["-xf", Path.Combine(frame.LayoutDirectory, "blobs/sha256", layer.Descriptor.Digest.Hex), "-C", files]);
        var tablespaces = Directory.EnumerateFiles(files, "*.ibd", SearchOption.AllDirectories).ToList();
        Assert.NotEmpty(tablespaces);
        foreach (var tablespace in tablespaces)
            await Command.SucceedAsync("innochecksum", [tablespace]);

        await using var stage = await FrameStages.CreateAsync(image, frame.Engine, null, SilentReporter.Instance, default);
        var reader = new ReaderAccount("reader", "secret", AllowEmptyPassword: false);
        var report = await FrameVerifier.VerifyAsync(stage, frame.Contents, reader, SilentReporter.Instance, default);
        Assert.True(report.Passed, string.Join(Environment.NewLine, report.Lines()));
        await using var running = await stage.StartAsync(FrameStart.Production, default);
        await using var connection = await ServerConnection.ConnectAsync(running.Endpoint, reader.User, reader.Password, default);
        Assert.Equal(await source.DescribeAsync(schema), await BulkBench.DescribeAsync(connection, schema));
        Assert.Equal("1000", await connection.ScalarAsync($"SELECT COUNT(*) FROM {schema}.words WHERE MATCH (v) AGAINST ('word' IN BOOLEAN MODE)", default));
    }
}
