namespace Stillframe.Engines;

/// <summary>What takes a process to find out about a server of this host: found out, and reported, once a build, and only when it is needed.</summary>
sealed class ServerFacts
{
    /// <summary>What its program says of itself.</summary>
    public Once<ServerRelease> Release { get; } = new();

    /// <summary>How it is shut in.</summary>
    public Once<Confinement> Confinement { get; } = new();

    /// <summary>What of it belongs in a frame.</summary>
    public Once<IReadOnlyList<ServerFile>> Files { get; } = new();
}

/// <summary>Something that is asked for at most once, whoever asks.</summary>
sealed class Once<T>
{
    readonly Lock only = new();
    Task<T>? answer;

    public Task<T> GetAsync(Func<Task<T>> ask)
    {
        lock (only)
            return answer ??= ask();
    }
}
