using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Normalizing;

/// <summary>
/// How a row lies in a page with ROW_FORMAT=REDUNDANT, as all of the data dictionary do (rem0rec.h, page0page.h): the ends of its fields, the last first, a header, and from its
/// origin on their content. All positions are bytes from the page's beginning.
/// </summary>
static class RedundantRow
{
    /// <summary>Where the rows of a page begin and end, as rows of its own.</summary>
    public const int Infimum = 101, Supremum = 116;

    public const int HeaderBytes = 6;

    const int NullInShort = 0x80, NullInLong = 0x8000, Elsewhere = 0x4000;

    public static int Next(ReadOnlySpan<byte> page, int row) => ReadUInt16BigEndian(page[(row - 2)..]);

    public static int FieldCount(ReadOnlySpan<byte> page, int row) => ReadUInt16BigEndian(page[(row - 4)..]) >> 1 & 0x3ff;

    /// <summary>Bytes before its origin, for as many fields.</summary>
    public static int BytesBefore(ReadOnlySpan<byte> page, int row, int fields) => HeaderBytes + fields * (IsShort(page, row) ? 1 : 2);

    /// <summary>Where a field ends, in bytes from the origin.</summary>
    public static int End(ReadOnlySpan<byte> page, int row, int field)
    {
        var at = row - BytesBefore(page, row, field + 1);
        return IsShort(page, row) ? page[at] & ~NullInShort : ReadUInt16BigEndian(page[at..]) & ~(NullInLong | Elsewhere);
    }

    public static bool IsNull(ReadOnlySpan<byte> page, int row, int field) =>
        (page[row - BytesBefore(page, row, field + 1)] & NullInShort) != 0; // also the first byte of two

    static bool IsShort(ReadOnlySpan<byte> page, int row) => (page[row - 3] & 1) != 0;
}
