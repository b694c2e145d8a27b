using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Normalizing;

/// <summary>
/// What the header of a tablespace's first page says of the others (fsp0types.h of MariaDB and MySQL, storage/innobase/include).
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

    /// <summary>Flags of MySQL 8: it describes itself, and that everybody else would need a key for it.</summary>
    const uint SelfDescribing = 0x4000, Encrypted = 0x2000;

    const int SizeShift = 6, DefaultSize = 16384;

    /// <summary>Flags of a compressed table, but for its pages' size: no ancient row format, and uncompressed pages of 16 KiB.</summary>
    const uint Compressed = 0x21, CompressedSize = 0x1e;

    /// <summary>
    /// Of MySQL, which sums up pages as MariaDB does those that are compressed, leaves no room for a key in them, and describes the table in the file (<see cref="SerializedDictionary"/>).
    /// </summary>
    public bool IsSelfDescribing { get; init; }

    /// <summary>Pages of an extent: 1 MiB of pages as they are in memory.</summary>
    public int ExtentPages => IsCompressed || PageSize > 16384 ? 64 : (1 << 20) / PageSize;

    public static TablespaceFormat Read(ReadOnlySpan<byte> start)
    {
        var flags = ReadUInt32BigEndian(start[FlagsOffset..]);
        if ((flags & SelfDescribing) != 0)
            return OfMySql(flags & ~SelfDescribing) with { IsSelfDescribing = true };
        if ((flags & MarkerBit) == 0)
            return (flags & CompressedSize) == 0 ? Not("a checksum other than full_crc32") : OfCompressed(flags);
        var size = 512 << (int)(flags & 15);
        if (size is < 4096 or > 65536)
            return Not($"page size {size}");
        return (flags >> 5 & 7) != 0 ? Not("PAGE_COMPRESSED") : new(size, false, null);
    }

    static TablespaceFormat OfMySql(uint flags)
    {
        if ((flags & Encrypted) != 0)
            return Not("encrypted pages");
        if ((flags & CompressedSize) != 0)
            return OfCompressed(flags);
        var size = flags >> SizeShift & 15;
        return new(size == 0 ? DefaultSize : 512 << (int)size, false, null);
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
