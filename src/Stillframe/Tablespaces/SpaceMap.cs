using Stillframe.Normalizing;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Tablespaces;

/// <summary>Which pages and extents of a tablespace are free, and how its file grows: as the server would have it (fsp0fsp.cc).</summary>
sealed class SpaceMap(SpacePages pages)
{
    /// <summary>Extents that are put into the list of free ones at a time, and by which a file of this many pages grows.</summary>
    const int Step = 4, Big = 32 * PageLayout.ExtentPages;

    const uint Bitmap = 1;

    public SpacePages Pages => pages;

    /// <summary>Pages of the file.</summary>
    uint Length
    {
        get => Number(PageLayout.SpaceSize);
        set => Set(PageLayout.SpaceSize, value);
    }

    /// <summary>From here on no extent has a descriptor.</summary>
    uint Limit
    {
        get => Number(PageLayout.FreeLimit);
        set => Set(PageLayout.FreeLimit, value);
    }

    uint FragmentsUsed
    {
        get => Number(PageLayout.FragmentsUsed);
        set => Set(PageLayout.FragmentsUsed, value);
    }

    PageList Free => new(pages, new(0, PageLayout.FreeExtents));

    PageList Fragments => new(pages, new(0, PageLayout.FreeFragments));

    PageList FullFragments => new(pages, new(0, PageLayout.FullFragments));

    /// <summary>The extent of a page; the first one of all where that has none.</summary>
    public Extent Near(uint hint) => Extent.Holding(pages, hint < Limit && hint < Length ? hint : 0);

    /// <summary>A page out of an extent that several segments share.</summary>
    /// <param name="hint">In its extent, if it is one of those, and not before it.</param>
    public uint TakeFragment(uint hint = 0)
    {
        var extent = Near(hint); // of the first page, wherever else there is room
        var from = extent.State == ExtentState.Fragments && extent.First == hint / PageLayout.ExtentPages * PageLayout.ExtentPages ? (int)(hint % PageLayout.ExtentPages) : 0;
        if (extent.State != ExtentState.Fragments && Fragments.Count > 0)
        {
            extent = Extent.Of(pages, Fragments.FirstNode);
        }
        else if (extent.State != ExtentState.Fragments)
        {
            extent = TakeExtent();
            extent.State = ExtentState.Fragments;
            Fragments.AddLast(extent.Node);
        }

        var index = extent.FindFree(from);
        var number = extent.First + (uint)index;
        if (number >= Length)
            Length = number + 1;
        extent.Take(index);
        FragmentsUsed++;
        if (extent.Used < PageLayout.ExtentPages)
            return number;
        Fragments.Remove(extent.Node);
        extent.State = ExtentState.FullFragments;
        FullFragments.AddLast(extent.Node);
        FragmentsUsed -= PageLayout.ExtentPages;
        return number;
    }

    public void GiveFragment(uint number)
    {
        var extent = Extent.Holding(pages, number);
        extent.Give((int)(number - extent.First));
        if (extent.State == ExtentState.FullFragments)
        {
            FullFragments.Remove(extent.Node);
            extent.State = ExtentState.Fragments;
            Fragments.AddLast(extent.Node);
            FragmentsUsed += PageLayout.ExtentPages - 1;
        }
        else
        {
            FragmentsUsed--;
        }

        if (extent.Used > 0)
            return;
        Fragments.Remove(extent.Node);
        GiveExtent(extent);
    }

    /// <summary>The first free one, out of its list.</summary>
    public Extent TakeExtent()
    {
        if (Free.Count == 0)
            Fill();
        var extent = Extent.Of(pages, Free.FirstNode);
        Free.Remove(extent.Node);
        return extent;
    }

    /// <summary>One that is free, out of the list of those.</summary>
    public void Take(Extent extent) => Free.Remove(extent.Node);

    public void GiveExtent(Extent extent)
    {
        extent.Begin();
        Free.AddLast(extent.Node);
    }

    /// <summary>Describes more extents, and makes the file longer where it has none that are not described.</summary>
    void Fill()
    {
        var (length, next) = (Length, Limit);
        if (length < next + Step * PageLayout.ExtentPages)
        {
            length = Math.Max(length, PageLayout.ExtentPages);
            Length = length += PageLayout.ExtentPages * (uint)(length >= Big ? Step : 1);
        }

        for (var added = 0; added < Step && next + PageLayout.ExtentPages <= length; next += PageLayout.ExtentPages)
        {
            Limit = next + PageLayout.ExtentPages;
            if (next % PageLayout.DescribedPages == 0)
                Describe(next);
            var extent = new Extent(pages, next);
            extent.Begin();
            if (next % PageLayout.DescribedPages != 0)
            {
                Free.AddLast(extent.Node);
                added++;
                continue;
            }

            extent.Take(0);
            extent.Take((int)Bitmap);
            extent.State = ExtentState.Fragments;
            Fragments.AddLast(extent.Node);
            FragmentsUsed += 2;
        }
    }

    /// <summary>A page of descriptors, and behind it one for changes that wait, of which there are none.</summary>
    void Describe(uint first)
    {
        WriteUInt16BigEndian(pages.Add(first).AsSpan(PageLayout.Type), PageLayout.DescriptorType);
        WriteUInt16BigEndian(pages.Add(first + Bitmap).AsSpan(PageLayout.Type), PageLayout.BitmapType);
    }

    uint Number(int offset) => ReadUInt32BigEndian(pages[0].AsSpan(offset));

    void Set(int offset, uint value) => WriteUInt32BigEndian(pages[0].AsSpan(offset), value);
}
