using System.Collections.Concurrent;

namespace Stillframe.Registries;

/// <summary>Asks a registry of many things, such as all tags of a repository, a few at a time.</summary>
static class EachRequest
{
    /// <summary>A registry has others to answer, too.</summary>
    const int AtATime = 4;

    /// <returns>The answers, in any order.</returns>
    public static async Task<IReadOnlyList<TResult>> AskAsync<T, TResult>(IAsyncEnumerable<T> items, Func<T, CancellationToken, Task<TResult>> ask, CancellationToken cancellationToken)
    {
        var answers = new ConcurrentBag<TResult>();
        var settings = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(items, settings, async (item, token) => answers.Add(await ask(item, token)));
        return [.. answers];
    }
}
