using Stillframe.Normalizing;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Tablespaces;

/// <summary>A segment: first single pages, then whole extents. Hands its pages out in the order in which the server does (fsp0fsp.cc, <c>fseg_alloc_free_page_low</c>).</summary>
/// <param name="place">Of its inode.</param>
sealed class Segment(SpaceMap map, Place place)
{
    /// <summary>It takes another extent while fewer than this share of its pages is free, and fewer than so many.</summary>
    const int FillFactor = 8, MostFree = 4 * PageLayout.ExtentPages;

    readonly SpacePages pages = map.Pages;

    PageList Free => new(pages, place with { At = place.At + PageLayout.SegmentFree });

    PageList Partly => new(pages, place with { At = place.At + PageLayout.SegmentPartly });

    PageList Full => new(pages, place with { At = place.At + PageLayout.SegmentFull });

    Span<byte> Inode => pages[place.Page].AsSpan(place.At);

    ulong Id => ReadUInt64BigEndian(Inode);

    int PartlyUsed
    {
        get => (int)ReadUInt32BigEndian(Inode[PageLayout.SegmentPartlyUsed..]);
        set => WriteUInt32BigEndian(Inode[PageLayout.SegmentPartlyUsed..], (uint)value);
    }

    int Fragments
    {
        get
        {
            var count = 0;
            for (var slot = 0; slot < PageLayout.FragmentSlots; slot++)
                count += Fragment(slot) == PageLayout.NoPage ? 0 : 1;
            return count;
        }
    }

    int Used => PartlyUsed + PageLayout.ExtentPages * Full.Count + Fragments;

    /// <summary>Its pages, free ones of its extents among them.</summary>
    public int Reserved => Fragments + PageLayout.ExtentPages * (Free.Count + Partly.Count + Full.Count);

    /// <param name="header">Of a segment, on the root of an index.</param>
    public static Segment Of(SpaceMap map, ReadOnlySpan<byte> header) => new(map, Place.Read(header[4..]));

    /// <summary>The next of pages in order, which begins a new extent before the last one is full.</summary>
    /// <returns>The number of a page that is its own now.</returns>
    public uint TakeNext() => Wants() ? Take(TakeExtent(), 0) : TakeAny(0);

    /// <summary>A page near another.</summary>
    /// <inheritdoc cref="TakeNext" path="/returns"/>
    public uint TakeNear(uint hint)
    {
        var extent = map.Near(hint);
        var index = extent.First == hint / PageLayout.ExtentPages * PageLayout.ExtentPages ? (int)(hint % PageLayout.ExtentPages) : 0;
        if (extent.State == ExtentState.Free && Wants())
        {
            map.Take(extent);
            Own(extent);
            return Take(extent, index);
        }

        return extent.State == ExtentState.OfSegment && extent.Owner == Id && extent.Used < PageLayout.ExtentPages ? Take(extent, extent.FindFree(index)) : TakeAny(hint);
    }

    /// <summary>Whether it takes another extent although it has free pages.</summary>
    bool Wants() => Reserved - Used < Math.Min(Reserved / FillFactor, MostFree) && Used >= PageLayout.FragmentSlots;

    uint TakeAny(uint hint)
    {
        var (reserved, used) = (Reserved, Used);
        if (reserved > used)
        {
            var extent = Extent.Of(pages, Partly.Count > 0 ? Partly.FirstNode : Free.FirstNode);
            return Take(extent, extent.FindFree());
        }

        return used < PageLayout.FragmentSlots ? TakeFragment(hint) : Take(TakeExtent(), 0);
    }

    public void Give(uint number)
    {
        for (var slot = 0; slot < PageLayout.FragmentSlots; slot++)
        {
            if (Fragment(slot) != number)
                continue;
            SetFragment(slot, PageLayout.NoPage);
            map.GiveFragment(number);
            return;
        }

        var extent = Extent.Holding(pages, number);
        if (extent.Used == PageLayout.ExtentPages)
        {
            Full.Remove(extent.Node);
            Partly.AddLast(extent.Node);
            PartlyUsed += PageLayout.ExtentPages - 1;
        }
        else
        {
            PartlyUsed--;
        }

        extent.Give((int)(number - extent.First));
        if (extent.Used > 0)
            return;
        Partly.Remove(extent.Node);
        map.GiveExtent(extent);
    }

    uint TakeFragment(uint hint)
    {
        var number = map.TakeFragment(hint);
        var slot = 0;
        while (Fragment(slot) != PageLayout.NoPage)
            slot++;
        SetFragment(slot, number);
        return number;
    }

    /// <summary>The first of its free extents, which stays in their list until a page of it is taken.</summary>
    Extent TakeExtent()
    {
        if (Free.Count > 0)
            return Extent.Of(pages, Free.FirstNode);
        var taken = map.TakeExtent();
        Own(taken);
        return taken;
    }

    void Own(Extent extent)
    {
        extent.State = ExtentState.OfSegment;
        extent.Owner = Id;
        Free.AddLast(extent.Node);
    }

    uint Take(Extent extent, int index)
    {
        if (extent.Used == 0)
        {
            Free.Remove(extent.Node);
            Partly.AddLast(extent.Node);
        }

        extent.Take(index);
        PartlyUsed++;
        if (extent.Used == PageLayout.ExtentPages)
        {
            Partly.Remove(extent.Node);
            Full.AddLast(extent.Node);
            PartlyUsed -= PageLayout.ExtentPages;
        }

        return extent.First + (uint)index;
    }

    uint Fragment(int slot) => ReadUInt32BigEndian(Inode[(PageLayout.SegmentFragments + slot * sizeof(uint))..]);

    void SetFragment(int slot, uint number) => WriteUInt32BigEndian(Inode[(PageLayout.SegmentFragments + slot * sizeof(uint))..], number);
}
