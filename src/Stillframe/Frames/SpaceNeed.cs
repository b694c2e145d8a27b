using System.Globalization;
using Stillframe.Loading;

namespace Stillframe.Frames;

/// <summary>Bytes that something takes on a disk. docs/what-a-build-needs-on-disk.md has the measurements.</summary>
/// <param name="Least">Without so many it can't come to its end.</param>
/// <param name="Likely">What it takes where rows are as most are.</param>
public sealed record SpaceNeed(long Least, long Likely)
{
    /// <summary>The server's system files twice, its temporary files, and what is packed of the server: what a dump of next to nothing takes.</summary>
    const long LeastOfServer = 28L << 20, OfServer = 72L << 20;

    /// <summary>Where the server is in a container, its files are on the engine's disk; a copy of them and the layers are on ours.</summary>
    const long LeastBesideContainer = 20L << 20, BesideContainer = 48L << 20;

    /// <summary>Of a build's temporary files.</summary>
    /// <param name="rowBytes">Text of the rows that are to be loaded.</param>
    /// <param name="spooledBytes">Text of the rows of compressed dumps, which are kept in a file of their own.</param>
    /// <param name="onThisHost">The server's data directory is here, and not in a container.</param>
    internal static SpaceNeed OfWork(long rowBytes, long spooledBytes, bool onThisHost)
    {
        if (!onThisHost)
            return new(LeastBesideContainer + spooledBytes + rowBytes / 20, BesideContainer + spooledBytes + 2 * rowBytes);
        var certain = LoadServer.RedoBytes(rowBytes) + spooledBytes;
        return new(LeastOfServer + certain + rowBytes / 4, OfServer + certain + 4 * rowBytes);
    }

    /// <summary>Of an image with its base, compressed; rows take a twentieth of their text only where they are all equal.</summary>
    public static SpaceNeed OfImage(long rowBytes) => new((12L << 20) + rowBytes / 20, (32L << 20) + rowBytes / 2);

    /// <summary>For people.</summary>
    internal static string Text(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, (bytes + 500_000) / 1_000_000):N0} MB");
}
