using System.Collections.Concurrent;

namespace Demo;

/// <summary>What has happened so far, counted as it happens.</summary>
sealed class Figures(TimeProvider time)
{
    readonly ConcurrentQueue<string> failures = [];
    readonly ConcurrentQueue<(DateTimeOffset At, string What)> events = [];
    readonly ConcurrentDictionary<string, Served> served = new(StringComparer.Ordinal);
    readonly ConcurrentQueue<double> seen = [];
    long reads, writes, ownWritesSeen, failed;

    public DateTimeOffset Began { get; } = time.GetUtcNow();

    public long Reads => Interlocked.Read(ref reads);

    public long Writes => Interlocked.Read(ref writes);

    /// <summary>Writers who looked at once, and saw what they had written.</summary>
    public long OwnWritesSeen => Interlocked.Read(ref ownWritesSeen);

    public long Failed => Interlocked.Read(ref failed);

    /// <summary>The first of them.</summary>
    public IReadOnlyList<string> Failures => [.. failures];

    public IReadOnlyList<(DateTimeOffset At, string What)> Events => [.. events];

    public IReadOnlyList<KeyValuePair<string, Served>> ByReplica => [.. served.OrderBy(pair => pair.Key, StringComparer.Ordinal)];

    /// <summary>Seconds from a write to the first answer of a frame that has it; the latest ones.</summary>
    public IReadOnlyList<double> SecondsUntilSeen => [.. seen];

    /// <param name="By">Replica and data version that answered.</param>
    public void Read(string by, TimeSpan took)
    {
        Interlocked.Increment(ref reads);
        served.AddOrUpdate(by, _ => new(1, took, time.GetUtcNow()), (_, before) => new(before.Answers + 1, took, time.GetUtcNow()));
    }

    public void Written() => Interlocked.Increment(ref writes);

    public void OwnWriteSeen() => Interlocked.Increment(ref ownWritesSeen);

    public void SeenByOthers(TimeSpan after)
    {
        seen.Enqueue(after.TotalSeconds);
        while (seen.Count > 100)
            seen.TryDequeue(out _);
    }

    public void Fail(string what)
    {
        if (Interlocked.Increment(ref failed) <= 10)
            failures.Enqueue($"{time.GetUtcNow():HH:mm:ss} {what}");
    }

    public void Tell(string what)
    {
        events.Enqueue((time.GetUtcNow(), what));
        Console.WriteLine($"{time.GetUtcNow().ToLocalTime():HH:mm:ss}  {what}");
    }
}

/// <summary>Answers of one replica with one data version.</summary>
/// <param name="Took">The last one.</param>
sealed record Served(long Answers, TimeSpan Took, DateTimeOffset Last);
