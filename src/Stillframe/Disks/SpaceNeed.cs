using System.Globalization;

namespace Stillframe.Disks;

/// <summary>
/// What a build needs on the disk of its temporary files, and what a dump's image takes; docs/what-a-build-needs-on-disk.md has the measurements.
/// </summary>
/// <param name="Least">Bytes without which no build of this kind has come to its end.</param>
/// <param name="Likely">Bytes that it takes where rows are not smaller than most.</param>
public sealed record SpaceNeed(long Least, long Likely)
{
    /// <summary>The server's system files twice, its logs and what is packed of them: what a dump of next to nothing takes.</summary>
    const long Always = 48L << 20;

    /// <summary>Where the server is in a container, its files are on the engine's disk; here are a copy of them, and layers.</summary>
    const long AlwaysBesideContainer = 24L << 20;

    /// <param name="rowBytes">Text of the rows that are to be loaded.</param>
    /// <param name="spooledBytes">Text of rows of compressed dumps, which is kept in a file of its own.</param>
    /// <param name="onThisHost">The server's data directory is here, and not in a container.</param>
    internal static SpaceNeed OfWork(long rowBytes, long spooledBytes, bool onThisHost)
    {
        var always = spooledBytes + (onThisHost ? Always + RedoOf(rowBytes) : AlwaysBesideContainer);
        return onThisHost ? new(always + rowBytes, always + 3 * rowBytes) : new(always + rowBytes / 10, always + rowBytes);
    }

    /// <summary>Of an image with its base, compressed; rows take a twentieth of their text only where they are all alike.</summary>
    public static SpaceNeed OfImage(long rowBytes) => new((12L << 20) + rowBytes / 20, (32L << 20) + rowBytes / 2);

    /// <summary>For people.</summary>
    public static string Text(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, (bytes + 500_000) / 1_000_000):N0} MB");

    static long RedoOf(long rowBytes) => Loading.LoadServer.RedoBytes(rowBytes);
}
