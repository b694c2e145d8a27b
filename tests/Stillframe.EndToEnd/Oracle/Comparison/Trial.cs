using Stillframe.Dumps;
using Stillframe.EndToEnd.Oracle.Generator;
using Stillframe.Registries;

namespace Stillframe.EndToEnd.Oracle.Comparison;

/// <summary>Loads dumps both ways and compares: many in one frame, and one by one where something is wrong.</summary>
sealed class Trial(ClientLoads client, FrameLoads frames, string directory)
{
    static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Frames thrown away to have one whose tables are loaded one by one.</summary>
    const int MostMoved = 12;

    /// <summary>Nothing is locked where a frame is made, and nothing misses a lock. What the client's own reader takes for a command of its own, after SET NAMES gbk, no server has seen.</summary>
    static readonly string[] OfNoMatter = ["ERROR 1099 ", "ERROR 1100 ", "Unknown command '"];

    public int Frames { get; private set; }

    /// <summary>Of <see cref="Frames"/>, those that were not loaded table by table.</summary>
    public int WholeFrames { get; private set; }

    /// <summary>Of dumps that the client refuses, one of so many is tried on a frame.</summary>
    public int RefusedByClientTried { get; init; } = 4;

    /// <summary>Frames built to find what of a dump matters.</summary>
    public int ShrinkingSteps { get; init; } = 40;

    /// <summary>False for an outcome that is not worth the time.</summary>
    public Func<Outcome, bool> IsWorthShrinking { get; init; } = _ => true;

    public async Task<IReadOnlyList<Outcome>> RunAsync(IReadOnlyList<GeneratedDump> dumps)
    {
        var outcomes = new List<Outcome>();
        var (alone, together) = (new List<GeneratedDump>(), new List<GeneratedDump>());
        foreach (var dump in dumps)
        {
            var files = Write(dump);
            var (independent, refusal, crash) = Inspect(files);
            var clients = await LoadAsync(files);
            if (crash is not null)
                outcomes.Add(new(dump, OutcomeKind.Crashed, crash));
            else if (clients is null && refusal is null)
                (independent ? alone : together).Add(dump);
            else if (clients is null)
                outcomes.Add(Refusal(dump, refusal!));
            else if (refusal is not null)
                outcomes.Add(new(dump, OutcomeKind.RefusedByBoth, $"{clients}\n{refusal.Message}"));
            else if (dump.Index % RefusedByClientTried != 0)
                outcomes.Add(new(dump, OutcomeKind.RefusedByClient, clients));
            else if (OfNoMatter.Any(error => clients.Contains(error, StringComparison.Ordinal)))
                outcomes.Add(new(dump, OutcomeKind.RefusedByClient, clients));
            else
                outcomes.Add(await BuildRefusedAsync(dump, files, clients));
        }

        // among dumps that are loaded as a whole nothing would be seen of one that is taken for independent by mistake
        outcomes.AddRange(await CompareAsync(alone, together));
        outcomes.AddRange(await CompareAsync(together, null));
        await client.DropAllAsync();
        for (var i = 0; i < outcomes.Count; i++)
            if (outcomes[i].IsFailure)
                outcomes[i] = await ShrinkAsync(outcomes[i]);
        return outcomes;
    }

    /// <summary>One dump by itself.</summary>
    public async Task<Outcome> RunOneAsync(GeneratedDump dump)
    {
        var one = new Trial(client, frames, directory) { RefusedByClientTried = 1, ShrinkingSteps = 0 };
        await client.DropAllAsync();
        return (await one.RunAsync([dump]))[0];
    }

    /// <param name="dumps">Loaded by the client already.</param>
    /// <param name="ordered">Takes those that make a frame be loaded as a whole; null where that is all right.</param>
    async Task<IReadOnlyList<Outcome>> CompareAsync(IReadOnlyList<GeneratedDump> dumps, List<GeneratedDump>? ordered)
    {
        var outcomes = new List<Outcome>();
        var rest = dumps.ToList();
        var moves = ordered is null ? 0 : MostMoved;
        while (rest.Count > 0)
        {
            try
            {
                using var limit = new CancellationTokenSource(Limit);
                string[] files = [.. rest.SelectMany(Write).Select(file => file.Path)];
                if (moves-- > 0 && rest.Count > 1 && !await frames.BuildTableByTableAsync(files, limit.Token))
                {
                    if (frames.WhyAsAWhole is { } why && rest.FindIndex(dump => IsNamed(dump, why)) is var first and >= 0)
                    {
                        ordered!.Add(rest[first]);
                        rest.RemoveAt(first);
                    }
                    else
                        moves = 0; // nobody to blame

                    continue;
                }

                if (moves < 0 || rest.Count == 1)
                    await frames.BuildAsync(files, limit.Token);

                WholeFrames += frames.WhyAsAWhole is null ? 0 : 1;
                Frames++;
                await using var frame = await frames.StartAsync(limit.Token);
                outcomes.AddRange(await DescribeAsync(rest, frame.Server));
                return outcomes;
            }
            catch (StillframeException e) when (e.Location is { } location && rest.FindIndex(dump => dump.Files.Any(file => PathOf(dump, file) == location.File)) is var guilty and >= 0)
            {
                outcomes.Add(Refusal(rest[guilty], e));
                rest.RemoveAt(guilty);
            }
            catch (Exception e) when (rest.Count > 1 && e is not Xunit.Sdk.XunitException)
            {
                var half = rest.Count / 2;
                outcomes.AddRange(await CompareAsync(rest[..half], ordered));
                outcomes.AddRange(await CompareAsync(rest[half..], ordered));
                return outcomes;
            }
            catch (StillframeException e)
            {
                return [.. outcomes, Refusal(rest[0], e)];
            }
            catch (OperationCanceledException)
            {
                return [.. outcomes, new(rest[0], OutcomeKind.Crashed, $"hangs for {Limit}")];
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                return [.. outcomes, new(rest[0], OutcomeKind.Crashed, e.ToString())];
            }
        }

        return outcomes;
    }

    /// <summary>By one of its tables, or a file.</summary>
    bool IsNamed(GeneratedDump dump, string why) =>
        why.Contains(dump.Prefix, StringComparison.OrdinalIgnoreCase) || dump.Files.Any(file => why.Contains(PathOf(dump, file) + ":", StringComparison.Ordinal));

    async Task<IReadOnlyList<Outcome>> DescribeAsync(IReadOnlyList<GeneratedDump> dumps, OracleServer frame)
    {
        var schemas = (await client.SchemasAsync()).Where(name => dumps.Any(dump => IsOf(dump, name))).ToList();
        var framed = await FrameSchemasAsync(frame);
        var frames = await Description.OfAsync(frame, framed);
        var differences = Difference.Between(await Description.OfAsync(client.Server, schemas), frames);
        if (differences.Any(difference => difference.IsCounter))
        {
            // a bulk load of the server's own forgets counters when it is started again, as the client's may have been
            var before = differences.Where(difference => difference.IsCounter).Select(difference => difference.Name).ToHashSet();
            await client.RestartAsync();
            differences = [.. Difference.Between(await Description.OfAsync(client.Server, schemas), frames).Where(difference => !difference.IsCounter || before.Contains(difference.Name))];
        }

        Assert.True(differences.All(difference => dumps.Any(dump => IsOf(dump, difference.Name))), $"of no dump: {string.Join('\n', differences)}");
        return [.. dumps.Select(dump => differences.Where(difference => IsOf(dump, difference.Name)).ToList() is { Count: > 0 } mine
            ? new Outcome(dump, OutcomeKind.Differs, string.Join('\n', mine))
            : new Outcome(dump, OutcomeKind.Same, ""))];
    }

    static async Task<IReadOnlyList<string>> FrameSchemasAsync(OracleServer frame)
    {
        await using var connection = await frame.ConnectAsync();
        return [.. (await connection.QueryAsync("SHOW DATABASES", default)).Select(row => row[0]!).Where(name => name is not ("mysql" or "information_schema" or "performance_schema" or "sys" or "stillframe"))];
    }

    static bool IsOf(GeneratedDump dump, string name) => name.StartsWith(dump.Prefix, StringComparison.OrdinalIgnoreCase);

    async Task<Outcome> BuildRefusedAsync(GeneratedDump dump, IReadOnlyList<DumpFileOnDisk> files, string clients)
    {
        try
        {
            using var limit = new CancellationTokenSource(Limit);
            await frames.BuildAsync([.. files.Select(file => file.Path)], limit.Token);
            return new(dump, OutcomeKind.TakenWrongly, $"the client says: {clients}");
        }
        catch (StillframeException e)
        {
            return new(dump, OutcomeKind.RefusedByBoth, $"{clients}\n{e.Message}");
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            return new(dump, OutcomeKind.Crashed, e.ToString());
        }
    }

    async Task<Outcome> ShrinkAsync(Outcome outcome)
    {
        if (ShrinkingSteps == 0 || !IsWorthShrinking(outcome))
            return outcome;
        var confirmed = await RunOneAsync(outcome.Dump);
        if (!confirmed.IsFailure)
            return outcome with { Detail = $"{outcome.Detail}\n(only in company of others: {confirmed.Kind} by itself)" };
        var shrunk = await Shrinker.ShrinkAsync(confirmed, RunOneAsync, ShrinkingSteps);
        return confirmed with { Shrunk = shrunk };
    }

    static Outcome Refusal(GeneratedDump dump, StillframeException e)
    {
        var text = $"{e.Code}: {e.Message} ({Path.GetFileName(e.Location?.File)}, line {e.Location?.Line})";
        return new(
            dump,
            dump.MayBeRefused is not null && e.Code.StartsWith("SF1", StringComparison.Ordinal) && e.Location is not null ? OutcomeKind.Refused : OutcomeKind.RefusedWrongly,
            text);
    }

    static (bool Independent, StillframeException? Refusal, string? Crash) Inspect(IReadOnlyList<DumpFileOnDisk> files)
    {
        try
        {
            return (DumpInspector.Inspect([.. files.Select(file => file.Path)], new(), SilentReporter.Instance, default).TablesAreIndependent, null, null);
        }
        catch (StillframeException e)
        {
            return (false, e, null);
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            return (false, null, e.ToString());
        }
    }

    async Task<string?> LoadAsync(IReadOnlyList<DumpFileOnDisk> files)
    {
        using var limit = new CancellationTokenSource(Limit);
        return await client.LoadAsync(files, limit.Token);
    }

    string PathOf(GeneratedDump dump, DumpPart file) => Path.Combine(directory, $"{dump.Index}", file.Name);

    IReadOnlyList<DumpFileOnDisk> Write(GeneratedDump dump)
    {
        Directory.CreateDirectory(Path.Combine(directory, $"{dump.Index}"));
        foreach (var file in dump.Files)
            File.WriteAllBytes(PathOf(dump, file), file.Content);
        return [.. dump.Files.Select(file => new DumpFileOnDisk(PathOf(dump, file), file.Schema))];
    }
}
