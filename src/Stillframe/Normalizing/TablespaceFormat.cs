using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Normalizing;

/// <summary>
/// What the header of a tablespace's first page says of the others (MariaDB, storage/innobase/include/fsp0types.h).
/// Read from its flags alone, so that page sizes other than 16 KiB work too.
/// </summary>
/// <param name="PageSize">Bytes.</param>
/// <param name="Unsupported">Why the pages can't be normalised; null where they can.</param>
sealed record TablespaceFormat(int PageSize, string? Unsupported)
{
    /// <summary>The first page holds at least this much of interest, whatever the page size.</summary>
    public const int HeaderBytes = 58;

    const int FlagsOffset = 54, MarkerBit = 0x10;

    public static TablespaceFormat Read(ReadOnlySpan<byte> start)
    {
        var flags = ReadUInt32BigEndian(start[FlagsOffset..]);
        if ((flags & MarkerBit) == 0)
            return (flags >> 1 & 15) != 0
                ? new(0, "ROW_FORMAT=COMPRESSED")
                : new(0, "a checksum other than full_crc32");
        var size = 512 << (int)(flags & 15);
        if (size is < 4096 or > 65536)
            return new(0, $"page size {size}");
        return (flags >> 5 & 7) != 0 ? new(size, "PAGE_COMPRESSED") : new(size, null);
    }
}
