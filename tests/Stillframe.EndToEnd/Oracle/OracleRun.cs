using System.Collections.Concurrent;
using System.Globalization;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Oracle.Comparison;
using Stillframe.EndToEnd.Oracle.Generator;
using Stillframe.Loading;

namespace Stillframe.EndToEnd.Oracle;

/// <summary>Generated dumps of one seed, loaded both ways in several places at a time.</summary>
/// <param name="done">First indexes of frames that need not be tried again.</param>
sealed class OracleRun(long seed, int first, int count, int workers, Action<string> say, IReadOnlySet<int>? done = null)
{
    readonly ConcurrentBag<Outcome> failures = [];
    readonly ConcurrentDictionary<string, int> counted = new();
    readonly ConcurrentDictionary<string, bool> seen = new();

    public static string Results { get; } = Repository.PathOf("artifacts/oracle");

    /// <summary>Found so far.</summary>
    public IReadOnlyCollection<Outcome> Failures => failures;

    /// <summary>Outcomes by kind.</summary>
    public string Summary => string.Join(", ", counted.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}: {pair.Value}"));

    /// <summary>A seed that was given (<c>STILLFRAME_SEED</c>), or the one of every day: new ground is for Soak, whose seed is any.</summary>
    public static long Seed { get; } =
        long.TryParse(Environment.GetEnvironmentVariable("STILLFRAME_SEED"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var given) ? given : 20261121;

    public int ShrinkingSteps { get; init; } = 40;

    /// <summary>So many failures are enough.</summary>
    public int MostFailures { get; init; } = 20;

    /// <summary>Called when a frame's dumps are done, with the first index of them.</summary>
    public Action<int, bool>? Finished { get; init; }

    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        say($"Oracle: seed {seed}, dumps {first} to {first + count - 1}");
        var frames = new ConcurrentQueue<int>(Enumerable.Range(0, (count + DumpGenerator.PerFrame - 1) / DumpGenerator.PerFrame)
            .Select(frame => first + frame * DumpGenerator.PerFrame).Where(start => done?.Contains(start) is not true));
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => WorkAsync(frames, cancellationToken)));
        say($"Oracle: {Summary}");
    }

    async Task WorkAsync(ConcurrentQueue<int> starts, CancellationToken cancellationToken)
    {
        using var work = TemporaryDirectory.Create(WorkDirectory.Path);
        await using var client = await ClientLoads.StartAsync(work.Path);
        using var frames = new FrameLoads(work.Path);
        while (failures.Count < MostFailures && !cancellationToken.IsCancellationRequested && starts.TryDequeue(out var start))
        {
            var dumps = Enumerable.Range(start, Math.Min(DumpGenerator.PerFrame, first + count - start)).Select(index => DumpGenerator.Generate(seed, index)).ToList();
            var files = Path.Combine(work.Path, $"dumps{start}");
            var trial = new Trial(client, frames, files) { ShrinkingSteps = ShrinkingSteps, IsWorthShrinking = IsNew };
            // both ways, of which one falls back to the other
            frames.Compiler = start / DumpGenerator.PerFrame % 2 == 0 ? CompilerKind.Auto : CompilerKind.Server;
            var outcomes = await trial.RunAsync(dumps);
            counted.AddOrUpdate("frames", trial.Frames, (_, before) => before + trial.Frames);
            var written = frames.TakeWritten();
            counted.AddOrUpdate("tables written without a server", written, (_, before) => before + written);
            counted.AddOrUpdate("frames loaded as a whole", trial.WholeFrames, (_, before) => before + trial.WholeFrames);
            Directory.Delete(files, recursive: true);
            foreach (var outcome in outcomes)
                Note(outcome);
            Finished?.Invoke(start, outcomes.Any(outcome => outcome.IsFailure));
            say($"Oracle: frame of dumps from {start}: {Summary}");
        }
    }

    /// <summary>Not of the same matter as something before.</summary>
    bool IsNew(Outcome outcome) => seen.TryAdd(outcome.Matter, true);

    void Note(Outcome outcome)
    {
        counted.AddOrUpdate(outcome.Kind.ToString(), 1, (_, before) => before + 1);
        if (outcome.Kind is OutcomeKind.RefusedByBoth or OutcomeKind.RefusedByClient or OutcomeKind.Refused)
            Keep("refused", outcome);
        if (!outcome.IsFailure)
            return;
        failures.Add(outcome);
        Keep("failed", outcome);
        say($"Oracle: seed {seed}, index {outcome.Dump.Index}, {outcome.Dump.Kind}: {outcome.Kind}\n{outcome.Detail}\nThe dump, as far as it matters:\n{(outcome.Shrunk ?? outcome.Dump).Text}");
    }

    /// <summary>The dump's text and what became of it, for whoever looks into it.</summary>
    void Keep(string kind, Outcome outcome)
    {
        var directory = Path.Combine(Results, kind, $"{seed}-{outcome.Dump.Index}");
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "outcome"), $"{outcome.Kind}: {outcome.Detail}\n");
        foreach (var file in outcome.Dump.Files)
            File.WriteAllBytes(Path.Combine(directory, file.Name), file.Content);
        if (outcome.Shrunk is { } shrunk)
            foreach (var file in shrunk.Files)
                File.WriteAllBytes(Path.Combine(directory, "shrunk-" + file.Name), file.Content);
    }
}
