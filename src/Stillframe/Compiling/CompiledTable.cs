using Stillframe.Layers;
using Stillframe.Loading;

namespace Stillframe.Compiling;

/// <summary>What is known of a table's compiled rows besides their bytes.</summary>
/// <param name="Files">Of the table, such as <c>shop/orders.ibd</c>, and their sizes in bytes; none where the table has no rows.</param>
/// <param name="Clock">Unix time in seconds that its rows may have taken up; null where they took none.</param>
/// <param name="LeftAlone">Why its bytes may differ from build to build; null where they can't.</param>
sealed record ObjectDescription(
    long Rows, long? Checksum, TableStatistics Statistics, IReadOnlyList<ObjectFile> Files, long? Clock, string? LeftAlone)
{
    public long Bytes => Files.Sum(file => file.Size);

    /// <summary>What the next row is counted as, where a server's dictionary says so and not the table's file; null otherwise.</summary>
    public long? Counter { get; init; }
}

/// <param name="Name">Path within the data directory, with <c>/</c>.</param>
/// <param name="Size">Bytes.</param>
sealed record ObjectFile(string Name, long Size);

/// <summary>A table's rows, compiled: its object file.</summary>
/// <param name="Paths">The normalised files, in the order of the description's; none where they went into <paramref name="Layer"/> at once.</param>
/// <param name="Layer">A layer with this table alone; null where it shares one.</param>
sealed record CompiledTable(ObjectDescription Description, IReadOnlyList<string> Paths, Layer? Layer);
