namespace Labels.Objects;

/// <summary>A row of the table <c>object</c>: Dapper fills it by name.</summary>
public sealed record MuseumObject
{
    /// <summary>As the column has it.</summary>
    public const int LongestLabel = 1000;

    public long Id { get; init; }

    /// <summary>Such as M.00042.</summary>
    public required string Inventory { get; init; }

    public required string Name { get; init; }

    public required string Material { get; init; }

    /// <summary>About when it was made.</summary>
    public int Year { get; init; }

    /// <summary>What visitors read beside it.</summary>
    public required string Label { get; init; }

    /// <summary>Counts its changes. Who changes a label names the one that they have seen, which may be that of an old frame.</summary>
    public long Version { get; init; }
}
