namespace Labels.Similar;

/// <summary>What a worker found, or that it has not.</summary>
public sealed record SimilarAnswer(SimilarState State)
{
    /// <summary>Of the frame that it was computed from.</summary>
    public string DataVersion { get; init; } = "";

    /// <summary>Who computed it.</summary>
    public string Worker { get; init; } = "";

    /// <summary>Ids, the most similar first.</summary>
    public IReadOnlyList<long> Objects { get; init; } = [];
}

/// <summary>Where the newest job of an object is.</summary>
public enum SimilarState
{
    /// <summary>There is none.</summary>
    NotAsked,

    /// <summary>No worker has done it yet.</summary>
    Waiting,

    /// <summary>It is done.</summary>
    Answered,

    /// <summary>The master is away, and with it the queue.</summary>
    Unknown,
}
