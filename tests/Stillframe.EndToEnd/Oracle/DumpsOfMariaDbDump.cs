using System.Text;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Oracle.Comparison;
using Stillframe.EndToEnd.Oracle.Generator;
using Stillframe.EndToEnd.Oracle.Mutations;
using Xunit.Abstractions;

namespace Stillframe.EndToEnd.Oracle;

/// <summary>The source is filled once.</summary>
public class RealDumpSource : IAsyncLifetime
{
    internal RealDumps Dumps { get; private set; } = null!;

    /// <summary>So many generated dumps are tried for schemas.</summary>
    protected virtual int Generated => 12;

    public async Task InitializeAsync()
    {
        if (Needs.WhyNot([Need.LocalServer]) is null)
            Dumps = await RealDumps.StartAsync(OracleRun.Seed, Generated);
    }

    public async Task DisposeAsync()
    {
        if (Dumps is not null)
            await Dumps.DisposeAsync();
    }
}

[Trait(Soaking.Category, Soaking.Soak)]
public class DumpsOfMariaDbDump(RealDumpSource source, ITestOutputHelper output) : IClassFixture<RealDumpSource>
{
    const string Trailer = "-- Dump completed";

    static readonly string[][] Options =
    [
        [], ["--opt"], ["--skip-opt"], ["--hex-blob"], ["--complete-insert"], ["--order-by-primary", "--skip-comments"], ["--compact"], ["--routines", "--events", "--triggers"], ["--no-autocommit"],
        ["--single-transaction", "--master-data"], ["--single-transaction", "--master-data=2", "--gtid", "--flush-logs"], ["--skip-tz-utc"], ["--replace"], ["--insert-ignore"], ["--skip-extended-insert"], ["--add-drop-database", "--add-drop-trigger"], ["--default-character-set=utf8mb3"],
    ];

    static readonly string[][] OptionsForSakila =
    [
        ["--routines", "--events"], ["--skip-opt", "--hex-blob", "--routines"], ["--single-transaction", "--triggers", "--skip-tz-utc"], ["--default-character-set=latin1", "--hex-blob"],
        ["--default-character-set=latin1", "--skip-extended-insert"], ["--default-character-set=utf8mb3", "--routines"],
    ];

    [NeedsFact(Need.LocalServer)]
    public async Task Give_what_the_client_gives_whatever_their_options()
    {
        var seen = new List<Outcome>();
        await WithTrialAsync(async trial =>
        {
            // each under a name of its own, so that one frame takes them all
            var dumps = new List<GeneratedDump>();
            foreach (var (schema, options) in OfThisRun(Options).Select(options => (RealDumps.Every, options)).Concat(OfThisRun(OptionsForSakila).Select(options => (RealDumps.Sakila, options))))
            {
                var name = $"{schema}{(char)('a' + dumps.Count)}";
                var dump = await source.Dumps.DumpAsync(name, isNamed: false, [.. options, schema]);
                dumps.Add(dump with { Index = dumps.Count, Prefix = name, Files = [Renamed(dump.Files[0], schema, name)] });
            }

            seen.AddRange(await trial.RunAsync(dumps));
            Assert.Equal(dumps.Count, seen.Count);
            seen.Add(await trial.RunOneAsync(await source.Dumps.DumpAsync("several", isNamed: true, ["--routines", "--events", "--databases", .. source.Dumps.Generated, RealDumps.Every, RealDumps.Sakila])));
        });
        AssertFine(seen);
    }

    /// <summary>A quarter of them, which other seeds' runs make whole; all of them in Soak.</summary>
    static IEnumerable<string[]> OfThisRun(string[][] options) => Soaking.OfThisRun(options, 4);

    /// <summary>A dump's first lines tell which schema it is of, where no statement does.</summary>
    static DumpPart Renamed(DumpPart file, string schema, string name)
    {
        var head = Encoding.Latin1.GetString(file.Pieces[0]).Replace($"Database: {schema}\n", $"Database: {name}\n", StringComparison.Ordinal);
        return file with { Pieces = [Encoding.Latin1.GetBytes(head), .. file.Pieces.Skip(1)] };
    }

    [NeedsFact(Need.LocalServer)]
    public async Task Are_refused_where_they_hold_the_servers_own_schemas_or_are_XML()
    {
        var directory = Directory.CreateTempSubdirectory("sf-oracle");
        try
        {
            var xml = await source.Dumps.DumpAsync(RealDumps.Sakila, isNamed: false, "--xml", RealDumps.Sakila);
            var all = await source.Dumps.DumpAsync("all", isNamed: true, "--all-databases", "--routines");
            Assert.NotNull(await Reader.TryAsync(Path.Combine(directory.FullName, "xml.sql"), xml.Files[0].Content));
            Assert.Equal(ErrorCodes.SchemaReserved, (await Reader.TryAsync(Path.Combine(directory.FullName, "all.sql"), all.Files[0].Content))?.Code);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [NeedsFact(Need.LocalServer)]
    public async Task Are_refused_without_their_tail()
    {
        output.WriteLine($"seed {OracleRun.Seed}");
        var dice = Dice.Of(OracleRun.Seed, 1);
        var directory = Directory.CreateTempSubdirectory("sf-oracle");
        try
        {
            foreach (var options in OfThisRun(Options).Where(options => !options.Contains("--compact")))
            {
                var text = (await source.Dumps.DumpAsync("several", isNamed: true, [.. options, "--databases", .. source.Dumps.Generated])).Files[0].Content;
                var whole = Encoding.Latin1.GetString(text);
                // from there on nothing is lost
                var end = whole.LastIndexOf(Trailer, StringComparison.Ordinal) is var found and >= 0 ? found + Trailer.Length : whole.LastIndexOf("SQL_NOTES=@OLD_SQL_NOTES", StringComparison.Ordinal);
                for (var i = 0; i < Soaking.Times(10, 200); i++)
                {
                    var length = i % 2 == 0 ? dice.Next(end) : end - 1 - dice.Next(Math.Min(end, 600));
                    var refusal = await Reader.TryAsync(Path.Combine(directory.FullName, "cut.sql"), text[..length]);
                    Assert.True(refusal is not null, $"{string.Join(' ', options)}: taken with {length} of {text.Length} bytes, ending in: {whole[Math.Max(0, length - 200)..length]}");
                }
            }
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [NeedsFact(Need.LocalServer)]
    public async Task Are_taken_or_refused_when_bytes_are_changed()
    {
        output.WriteLine($"seed {OracleRun.Seed}");
        var texts = new List<byte[]>();
        foreach (var schema in source.Dumps.Generated)
            texts.Add((await source.Dumps.DumpAsync(schema, isNamed: true, "--routines", "--events", "--databases", schema)).Files[0].Content);
        var directory = Directory.CreateTempSubdirectory("sf-oracle");
        try
        {
            for (var i = 0; i < Soaking.Times(80, 20_000); i++)
            {
                var dice = Dice.Of(OracleRun.Seed, 1_000_000 + i);
                var text = Mutation.OfBytes(dice, dice.Pick(texts));
                try
                {
                    await Reader.TryAsync(Path.Combine(directory.FullName, "mutated.sql"), text);
                }
                catch (Exception e)
                {
                    Directory.CreateDirectory(OracleRun.Results);
                    var kept = Path.Combine(OracleRun.Results, $"mutated-{OracleRun.Seed}-{i}.sql");
                    await File.WriteAllBytesAsync(kept, text);
                    Assert.Fail($"seed {OracleRun.Seed}, mutation {i}, kept as {kept}: {e}");
                }
            }
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [NeedsFact(Need.LocalServer)]
    public async Task Give_what_the_client_gives_or_are_refused_when_statements_are_changed()
    {
        var seen = new List<Outcome>();
        await WithTrialAsync(async trial =>
        {
            for (var i = 0; i < Soaking.Times(4, 300); i++)
            {
                var dice = Dice.Of(OracleRun.Seed, 2_000_000 + i);
                var schema = dice.Pick(source.Dumps.Generated);
                var dump = await source.Dumps.DumpAsync(schema, isNamed: true, "--routines", "--events", "--databases", schema);
                seen.Add(await trial.RunOneAsync(Mutation.OfStatements(dice, dump)));
            }
        });
        // what no tool has written may be refused, if only a client sends several statements at once; but never taken for something else
        AssertFine([.. seen.Where(outcome => outcome.Kind != OutcomeKind.RefusedWrongly)]);
    }

    void AssertFine(IReadOnlyList<Outcome> outcomes)
    {
        foreach (var group in outcomes.GroupBy(outcome => outcome.Kind))
            output.WriteLine($"{group.Key}: {group.Count()}");
        var failures = outcomes.Where(outcome => outcome.IsFailure).Select(outcome => $"{outcome.Dump.Kind}: {outcome.Kind}: {outcome.Detail}").ToList();
        Assert.True(failures.Count == 0, $"seed {OracleRun.Seed}:\n{string.Join("\n\n", failures)}");
    }

    async Task WithTrialAsync(Func<Trial, Task> run)
    {
        output.WriteLine($"seed {OracleRun.Seed}");
        using var work = TemporaryDirectory.Create(WorkDirectory.Path);
        await using var client = await ClientLoads.StartAsync(work.Path);
        using var frames = new FrameLoads(work.Path);
        await run(new Trial(client, frames, Path.Combine(work.Path, "dumps")) { RefusedByClientTried = 1, ShrinkingSteps = 0 });
    }
}
