namespace Stillframe.Normalizing;

/// <summary>Where things are in pages of 16 KiB with ROW_FORMAT=DYNAMIC and full_crc32, in bytes from a page's beginning, as in MariaDB 10.11's storage/innobase/include.</summary>
static class PageLayout
{
    public const int Size = 16384;

    /// <summary>Pages of an extent, and pages that share a descriptor page.</summary>
    public const int ExtentPages = 64, DescribedPages = Size;

    /// <summary>In place of a page's number, and of a place in a list: none.</summary>
    public const uint NoPage = uint.MaxValue;

    // fil0fil.h: every page
    public const int Number = 4, Previous = 8, Next = 12, Lsn = 16, Type = 24, Space = 34, Trailer = 8;
    public const ushort IndexType = 17855, BitmapType = 5, DescriptorType = 9;

    // page0page.h: pages of an index
    public const int Slots = 38, HeapTop = 40, HeapCount = 42, Direction = 50, Records = 54, MaxTransaction = 56, Level = 64, IndexId = 66, LeafSegment = 74, TopSegment = 84;
    public const int Infimum = 99, Supremum = 112, FirstRow = 120, SlotBytes = 2, SlotOwns = 4, SlotOwnsMost = 8, NoDirection = 5;
    public const int HeapOfRows = 2, Compact = 0x8000;

    // btr0cur.h: pages of a value that has no room in its row, and what stands in the row
    public const ushort ValueType = 10;
    public const int ValuePart = 38, ValueNext = 42, ValueData = 46, ValueBytes = Size - ValueData - Trailer;
    public const int ReferenceBytes = 20, ReferencePage = 4, ReferenceOffset = 8, ReferenceLength = 16;

    // rem0rec.h: before a row's origin
    public const int RowHeader = 5, Owned = -5, HeapNumber = -4, NextRow = -2;
    public const int NodePointer = 1, MinimumRow = 0x10;

    // fsp0fsp.h: the first page, and descriptors of extents
    public const int SpaceSize = 46, FreeLimit = 50, FragmentsUsed = 58, FreeExtents = 62, FreeFragments = 78, FullFragments = 94;
    public const int Descriptors = 150, DescriptorBytes = 40, DescriptorOwner = 0, DescriptorNode = 8, DescriptorState = 20, DescriptorBits = 24;

    // fsp0fsp.h: a segment
    public const int SegmentId = 0, SegmentPartlyUsed = 8, SegmentFree = 12, SegmentPartly = 28, SegmentFull = 44, SegmentFragments = 64, FragmentSlots = 32;
}
