namespace Stillframe.Processes;

/// <summary>What a program gets besides its arguments.</summary>
sealed record ProcessOptions
{
    internal static ProcessOptions Default { get; } = new();

    /// <summary>Copied to the program's standard input; null closes it at once.</summary>
    public Func<Stream, CancellationToken, Task>? Input { get; init; }

    /// <summary>Takes the program's standard output as bytes; null keeps it as text in the result.</summary>
    public Func<Stream, CancellationToken, Task>? Output { get; init; }

    /// <summary>Variables added to this process's own; a null value removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Gives the program <see cref="ChildProcess.CleanEnvironment"/> in place of this process's own variables.</summary>
    public bool HasCleanEnvironment { get; init; }

    /// <summary>Null for this process's own.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Kills the program once this is so of what it wrote to standard error.</summary>
    public Predicate<string>? IsHopeless { get; init; }
}
