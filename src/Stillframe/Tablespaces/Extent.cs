using Stillframe.Normalizing;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Tablespaces;

/// <summary>What an extent is used for (fsp0fsp.h, <c>xdes_state_t</c>).</summary>
enum ExtentState
{
    Free = 1,
    Fragments = 2,
    FullFragments = 3,
    OfSegment = 4,
}

/// <summary>The descriptor of 64 pages that follow each other.</summary>
/// <param name="first">Number of the first.</param>
readonly struct Extent(SpacePages pages, uint first)
{
    const int BitsOfPage = 2; // the first says that it is free, the other is always set

    public uint First => first;

    public Place Node => new(PageOf(first), Start + PageLayout.DescriptorNode);

    public ExtentState State
    {
        get => (ExtentState)ReadUInt32BigEndian(Bytes[PageLayout.DescriptorState..]);
        set => WriteUInt32BigEndian(Bytes[PageLayout.DescriptorState..], (uint)value);
    }

    public ulong Owner
    {
        get => ReadUInt64BigEndian(Bytes[PageLayout.DescriptorOwner..]);
        set => WriteUInt64BigEndian(Bytes[PageLayout.DescriptorOwner..], value);
    }

    public int Used
    {
        get
        {
            var used = 0;
            for (var page = 0; page < PageLayout.ExtentPages; page++)
                used += IsFree(page) ? 0 : 1;
            return used;
        }
    }

    int Start => PageLayout.Descriptors + (int)(first % PageLayout.DescribedPages / PageLayout.ExtentPages) * PageLayout.DescriptorBytes;

    Span<byte> Bytes => pages[PageOf(first)].AsSpan(Start, PageLayout.DescriptorBytes);

    public static uint PageOf(uint number) => number / PageLayout.DescribedPages * PageLayout.DescribedPages;

    /// <summary>The extent whose node this is.</summary>
    public static Extent Of(SpacePages pages, Place node) =>
        new(pages, node.Page + (uint)((node.At - PageLayout.DescriptorNode - PageLayout.Descriptors) / PageLayout.DescriptorBytes * PageLayout.ExtentPages));

    public static Extent Holding(SpacePages pages, uint number) => new(pages, number / PageLayout.ExtentPages * PageLayout.ExtentPages);

    public void Begin()
    {
        Bytes[PageLayout.DescriptorBits..].Fill(0xff);
        State = ExtentState.Free;
    }

    /// <summary>Index of its first free page.</summary>
    /// <param name="from">Where to begin; those before it come last.</param>
    public int FindFree(int from = 0)
    {
        for (var i = 0; i < PageLayout.ExtentPages; i++)
        {
            var page = (from + i) % PageLayout.ExtentPages;
            if (IsFree(page))
                return page;
        }

        throw new InvalidOperationException("a full extent was in a list of others");
    }

    public bool IsFree(int page) => (Byte(page) & Bit(page)) != 0;

    public void Take(int page) => Byte(page) &= (byte)~Bit(page);

    public void Give(int page) => Byte(page) |= Bit(page);

    ref byte Byte(int page) => ref Bytes[PageLayout.DescriptorBits + page * BitsOfPage / 8];

    static byte Bit(int page) => (byte)(1 << page * BitsOfPage % 8);
}
