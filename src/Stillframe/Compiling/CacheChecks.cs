using System.Collections.Concurrent;

namespace Stillframe.Compiling;

/// <summary>Checks that were put off, so that a processor that has nothing else to do can run them; may be added to by several threads.</summary>
sealed class CacheChecks
{
    readonly ConcurrentQueue<Func<CancellationToken, Task<bool>>> checks = new();

    /// <param name="check">False where what it is about is damaged.</param>
    public void Add(Func<CancellationToken, Task<bool>> check) => checks.Enqueue(check);

    /// <summary>Runs all that were added, on as many threads as there are processors.</summary>
    /// <returns>False where anything is damaged.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var good = true;
        await Parallel.ForEachAsync(checks, cancellationToken, async (check, token) =>
        {
            if (!await check(token))
                Volatile.Write(ref good, false);
        });
        return good;
    }
}
