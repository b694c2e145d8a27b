namespace Demo;

/// <summary>What is played, and how long.</summary>
/// <param name="Registry">Host and port that both this process and the engine reach.</param>
/// <param name="Project">Directory of the sample.</param>
/// <param name="Publish">What each run of <c>dotnet</c> on the project gets.</param>
/// <param name="Directory">For what publishes and dumps leave; it goes with the demo.</param>
sealed record DemoOptions(string Registry, string Project, IReadOnlyList<string> Publish, string Directory)
{
    public int Port { get; init; } = 8090;

    public int Replicas { get; init; } = 3;

    public int Users { get; init; } = 4;

    public TimeSpan RefreshEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Refreshes before the release of new code, each time.</summary>
    public int ReleaseAfter { get; init; } = 2;

    /// <summary>Ends by itself after so many refreshes; 0 goes on until Ctrl+C.</summary>
    public int Refreshes { get; init; }
}
