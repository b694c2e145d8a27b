using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Normalizing;

/// <summary>
/// What the header of a tablespace's first page says of the others (MariaDB, storage/innobase/include/fsp0types.h).
/// Read from its flags alone, so that page sizes other than 16 KiB work too.
/// </summary>
/// <param name="PageSize">Bytes that a page takes in the file.</param>
/// <param name="IsCompressed">Whether it holds a table with ROW_FORMAT=COMPRESSED: <see cref="CompressedPage"/>.</param>
/// <param name="Unsupported">Why the pages can't be normalised; null where they can.</param>
sealed record TablespaceFormat(int PageSize, bool IsCompressed, string? Unsupported)
{
    /// <summary>The first page holds at least this much of interest, whatever the page size.</summary>
    public const int HeaderBytes = 58;

    const int FlagsOffset = 54, MarkerBit = 0x10;

    /// <summary>Flags of a compressed table, but for its pages' size: no ancient row format, and uncompressed pages of 16 KiB.</summary>
    const uint Compressed = 0x21, CompressedSize = 0x1e;

    /// <summary>Pages of an extent: 1 MiB of pages as they are in memory.</summary>
    public int ExtentPages => IsCompressed || PageSize > 16384 ? 64 : (1 << 20) / PageSize;

    public static TablespaceFormat Read(ReadOnlySpan<byte> start)
    {
        var flags = ReadUInt32BigEndian(start[FlagsOffset..]);
        if ((flags & MarkerBit) == 0)
            return (flags & CompressedSize) == 0 ? Not("a checksum other than full_crc32") : OfCompressed(flags);
        var size = 512 << (int)(flags & 15);
        if (size is < 4096 or > 65536)
            return Not($"page size {size}");
        return (flags >> 5 & 7) != 0 ? Not("PAGE_COMPRESSED") : new(size, false, null);
    }

    static TablespaceFormat OfCompressed(uint flags)
    {
        var size = 512 << (int)((flags & CompressedSize) >> 1);
        return size <= CompressedPage.MemoryBytes && (flags & ~CompressedSize) == Compressed
            ? new(size, true, null)
            : Not("ROW_FORMAT=COMPRESSED of pages other than 16 KiB");
    }

    static TablespaceFormat Not(string reason) => new(0, false, reason);
}
