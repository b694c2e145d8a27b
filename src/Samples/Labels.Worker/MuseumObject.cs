namespace Labels.Worker;

/// <summary>A row of the frame's table <c>object</c>.</summary>
sealed record MuseumObject
{
    public long Id { get; init; }

    /// <summary>Name, material and label.</summary>
    public required string Text { get; init; }
}
