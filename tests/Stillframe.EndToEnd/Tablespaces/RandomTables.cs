using System.Collections.Concurrent;
using System.Globalization;
using Stillframe.EndToEnd.Oracle;
using Stillframe.Normalizing;
using Stillframe.Tablespaces;

namespace Stillframe.EndToEnd.Tablespaces;

/// <summary>Random tables of one seed, loaded by servers and written by us, a server for each round of them and several rounds at a time.</summary>
/// <param name="release">Whose files they are compared with.</param>
/// <param name="done">First numbers of rounds that need not be tried again.</param>
sealed class RandomTables(long seed, int count, int workers, Action<string> say, ComparedRelease release, IReadOnlySet<int>? done = null)
{
    public const int PerRound = 250;

    readonly ConcurrentQueue<string> failures = [];
    int tables, refused;
    long rows;

    /// <summary>Each with its table and seed.</summary>
    public IReadOnlyCollection<string> Failures => failures;

    public string Summary => string.Create(CultureInfo.InvariantCulture, $"{release.Name}, seed {seed}: {tables} tables with {rows} rows, of which {refused} were left to a server, and {failures.Count} differ");

    public bool IsMostlyWritten => refused < tables / 2;

    /// <summary>Called when a round is done, with the first number of it.</summary>
    public Action<int>? Passed { get; init; }

    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        var rounds = new ConcurrentQueue<int>(Enumerable.Range(0, (count + PerRound - 1) / PerRound).Select(round => round * PerRound).Where(start => done?.Contains(start) is not true));
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(
            async () =>
            {
                while (failures.IsEmpty && !cancellationToken.IsCancellationRequested && rounds.TryDequeue(out var start))
                {
                    await RoundAsync(start, Math.Min(PerRound, count - start));
                    say(Summary);
                }
            },
            cancellationToken)));
    }

    async Task RoundAsync(int start, int size)
    {
        using var work = TemporaryDirectory.Create(WorkDirectory.Path);
        var random = new Random(unchecked((int)(seed * 7919 + start)));
        await using var bench = await TableBench.StartAsync(work.Path, release);
        var loaded = new List<LoadedByServer>();
        for (var number = 0; number < size; number++)
            loaded.Add(await RandomTable.LoadAsync(bench, random, start + number));
        await bench.StopAsync();
        var before = failures.Count;
        foreach (var table in loaded)
        {
            Interlocked.Increment(ref tables);
            Interlocked.Add(ref rows, table.Rows.Count);
            try
            {
                if (bench.Compare(table, isSorted: random.Next(3) > 0) is { } difference)
                    failures.Enqueue($"seed {seed}, {table.Name} ({table.Definition}): {difference}");
            }
            catch (RowOrderException)
            {
                failures.Enqueue($"seed {seed}, {table.Name} ({table.Definition}): the server's order of its primary key is not ours");
            }
            catch (NotWritableException)
            {
                Interlocked.Increment(ref refused); // latin1 that is not ASCII, an invalid ENUM
            }
        }

        if (failures.Count == before)
            Passed?.Invoke(start);
    }
}
