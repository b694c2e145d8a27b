using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Normalizing;

/// <summary>
/// Where a server puts pages before it writes them to their places, for the case that it dies meanwhile (trx0sys.h). After a clean shutdown they are copies of
/// whatever was written last.
/// </summary>
/// <param name="first">First page of one half.</param>
/// <param name="second">First page of the other.</param>
sealed class DoublewriteBuffer(long first, long second)
{
    const int FromEnd = 200, MagicOffset = 10, Pages = 64;
    const uint Magic = 536853855;

    public static DoublewriteBuffer None { get; } = new(long.MaxValue, long.MaxValue);

    /// <param name="page">The page <see cref="RollbackSegments.SystemPage"/> of the system tablespace.</param>
    public static DoublewriteBuffer Of(ReadOnlySpan<byte> page)
    {
        var header = page[^FromEnd..][MagicOffset..];
        return ReadUInt32BigEndian(header) == Magic ? new(ReadUInt32BigEndian(header[4..]), ReadUInt32BigEndian(header[8..])) : None;
    }

    public bool Contains(long page) => page >= first && page - first < Pages || page >= second && page - second < Pages;
}
