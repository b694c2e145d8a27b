using System.Globalization;
using Stillframe.EndToEnd.Oracle.Comparison;
using Stillframe.EndToEnd.Oracle.Generator;
using Stillframe.EndToEnd.Tablespaces;

namespace Stillframe.EndToEnd.Oracle;

/// <summary>
/// The oracle without a test runner: <c>soak COUNT [SEED]</c> goes through that many dumps and on where it was interrupted, <c>tables RELEASE COUNT [SEED]</c> through tables that are written without a server, <c>run SEED FIRST COUNT</c>
/// through some of them, <c>print SEED INDEX</c> shows one, <c>check FILE…</c> compares dumps of one's own, each by itself.
/// </summary>
static class OracleCommand
{
    public const string Name = "oracle";

    public static async Task<int> RunAsync(string[] arguments) => arguments[0] switch
    {
        "soak" => await SoakAsync(Number(arguments[1]), SeedOf(arguments)),
        "tables" => await TablesAsync(arguments[1], Number(arguments[2]), SeedOf(arguments[1..])),
        "run" => await RunAsync(new OracleRun(long.Parse(arguments[1], CultureInfo.InvariantCulture), Number(arguments[2]), Number(arguments[3]), Environment.ProcessorCount, Console.WriteLine) { ShrinkingSteps = 0, MostFailures = int.MaxValue }),
        "print" => Print(long.Parse(arguments[1], CultureInfo.InvariantCulture), Number(arguments[2])),
        "check" => await CheckAsync(arguments[1..]),
        _ => throw new ArgumentException($"'{arguments[0]}' is none of 'soak', 'tables', 'run', 'print' and 'check'."),
    };

    static long? SeedOf(string[] arguments) => arguments.Length > 2 ? long.Parse(arguments[2], CultureInfo.InvariantCulture) : null;

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    static async Task<int> SoakAsync(int count, long? seed)
    {
        var state = OpenState("soak", seed, "dumps", DumpGenerator.PerFrame);
        var run = new OracleRun(state.Seed, 0, count, Environment.ProcessorCount + 1, Console.WriteLine, state.Passed)
        {
            Finished = (start, failed) =>
            {
                if (!failed)
                    state.Add(start);
            },
        };
        return await UntilStoppedAsync(run.RunAsync, () => run.Failures.Count == 0, state);
    }

    static async Task<int> TablesAsync(string release, int count, long? seed)
    {
        var state = OpenState($"tables-{release}", seed, "tables", RandomTables.PerRound);
        var run = new RandomTables(state.Seed, count, Environment.ProcessorCount, Console.WriteLine, ComparedRelease.Of(release), state.Passed) { Passed = state.Add };
        return await UntilStoppedAsync(run.RunAsync, () => run.Failures.Count == 0, state, () => Console.WriteLine(string.Join("\n", run.Failures.Prepend(run.Summary))));
    }

    /// <param name="each">So many of them are passed at a time.</param>
    static SoakState OpenState(string name, long? seed, string what, int each)
    {
        var state = new SoakState(Path.Combine(OracleRun.Results, name));
        state.Open(seed);
        if (state.Passed.Count > 0)
            Console.WriteLine($"Going on after {state.Passed.Count * each} {what}; remove artifacts/oracle/{name}, or give another seed, to begin anew.");
        return state;
    }

    static async Task<int> UntilStoppedAsync(Func<CancellationToken, Task> run, Func<bool> hasPassed, SoakState state, Action? atEnd = null)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true; // what is under way is finished
            stop.Cancel();
        };
        await run(stop.Token);
        atEnd?.Invoke();
        if (!hasPassed() || stop.IsCancellationRequested)
            return 1;
        state.Close();
        return 0;
    }

    static async Task<int> RunAsync(OracleRun run)
    {
        await run.RunAsync();
        return run.Failures.Count == 0 ? 0 : 1;
    }

    static int Print(long seed, int index)
    {
        Console.WriteLine(DumpGenerator.Generate(seed, index).Text);
        return 0;
    }

    static async Task<int> CheckAsync(string[] files)
    {
        using var work = TemporaryDirectory.Create(WorkDirectory.Path);
        await using var client = await ClientLoads.StartAsync(work.Path);
        using var frames = new FrameLoads(work.Path);
        var trial = new Trial(client, frames, Path.Combine(work.Path, "dumps")) { RefusedByClientTried = 1, ShrinkingSteps = 0 };
        var failures = 0;
        foreach (var file in files)
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var dump = new GeneratedDump(0, "given", "", [new(Path.GetFileName(file), null, [await File.ReadAllBytesAsync(file)])], "whatever it has");
            var outcome = await trial.RunOneAsync(dump);
            failures += outcome.IsFailure ? 1 : 0;
            Console.WriteLine($"{name}: {outcome.Kind}{(frames.WhyAsAWhole is { } why ? $" ({why})" : "")} {outcome.Detail}");
        }

        return failures == 0 ? 0 : 1;
    }
}
