using System.Runtime.CompilerServices;
using Stillframe.Normalizing;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Tablespaces;

/// <summary>Builds an index from below, of rows in its order, page by page as the server's bulk load does (btr0bulk.cc, <c>BtrBulk</c>).</summary>
/// <param name="root">The number of its root, which has no rows.</param>
/// <param name="isClustered">Whether it is the table itself.</param>
/// <param name="nullBytes">Of its rows.</param>
sealed class IndexTree(SpaceMap map, uint root, bool isClustered, int nullBytes)
{
    /// <summary>Of the table itself, pages keep a sixteenth free (dict0mem.h, <c>dict_index_get_space_reserve</c>).</summary>
    const int KeptFree = PageLayout.Size / 16;

    const int PointerBytes = 4;

    readonly SpacePages pages = map.Pages;
    readonly List<IndexPage> levels = [];
    readonly ulong index = InnoDbPage.IndexId(map.Pages[root]);
    readonly Segment leaves = Segment.Of(map, map.Pages[root].AsSpan(PageLayout.LeafSegment)), nodes = Segment.Of(map, map.Pages[root].AsSpan(PageLayout.TopSegment));

    /// <summary>Pages of its lowest level.</summary>
    public long LeafPages { get; private set; }

    /// <summary>Pages of both its segments.</summary>
    public long Pages => leaves.Reserved + nodes.Reserved;

    /// <exception cref="IOException">The file can't be written.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(RowImage row)
    {
        Add(row.Finish(), (row.Extra, row.KeyLengths, row.KeyBytes));
        foreach (var (_, at, value) in row.Outside)
            levels[0].SetReference(at, Store(value, levels[0].Number), value.Length);
    }

    /// <inheritdoc cref="Add(RowImage)"/>
    public void Add(ReadOnlySpan<byte> row, (int Extra, int KeyLengths, int KeyBytes) parts) => Add(row, parts, 0);

    /// <summary>The last pages of all levels, and the highest of them moved to the root.</summary>
    /// <exception cref="IOException">The file can't be written.</exception>
    public void Finish()
    {
        if (levels.Count == 0)
        {
            LeafPages = 1;
            return;
        }

        for (var level = 0; level < levels.Count - 1; level++)
            Commit(levels[level], null); // may add a level
        var highest = levels[^1];
        highest.Finish();
        var top = new IndexPage(root, pages[root], highest.Level, 0);
        top.Empty();
        if (!isClustered)
            top.ForgetLastTransaction();
        highest.CopyTo(top);
        top.Finish();
        (highest.Level == 0 ? leaves : nodes).Give(highest.Number);
        pages.Drop(highest.Number);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Add(ReadOnlySpan<byte> row, (int Extra, int KeyLengths, int KeyBytes) parts, int level)
    {
        var isLeftmost = level == levels.Count;
        if (isLeftmost)
            levels.Add(NewPage(level));
        if (!levels[level].Takes(row.Length))
        {
            var sibling = NewPage(level);
            Commit(levels[level], sibling);
            levels[level] = sibling;
        }

        levels[level].Add(row, parts, level == 0 ? 0 : PageLayout.NodePointer | (isLeftmost ? PageLayout.MinimumRow : 0));
    }

    IndexPage NewPage(int level)
    {
        var number = (level == 0 ? leaves : nodes).TakeNext();
        var page = new IndexPage(number, pages.Add(number), level, isClustered ? KeptFree : 0);
        page.Begin(index);
        if (!isClustered)
            page.ForgetLastTransaction();
        LeafPages += level == 0 ? 1 : 0;
        return page;
    }

    /// <returns>The number of the first of its pages, which lie near that of its row.</returns>
    uint Store(ReadOnlySpan<byte> value, uint near)
    {
        var (first, previous) = (PageLayout.NoPage, PageLayout.NoPage);
        while (!value.IsEmpty)
        {
            var number = leaves.TakeNear((previous == PageLayout.NoPage ? near : previous) + 1);
            var page = pages.Add(number).AsSpan();
            var part = value[..Math.Min(value.Length, PageLayout.ValueBytes)];
            WriteUInt16BigEndian(page[PageLayout.Type..], PageLayout.ValueType);
            WriteUInt64BigEndian(page[PageLayout.Previous..], ulong.MaxValue);
            WriteUInt32BigEndian(page[PageLayout.ValuePart..], (uint)part.Length);
            WriteUInt32BigEndian(page[PageLayout.ValueNext..], PageLayout.NoPage);
            part.CopyTo(page[PageLayout.ValueData..]);
            if (previous == PageLayout.NoPage)
                first = number;
            else
                WriteUInt32BigEndian(pages[previous].AsSpan(PageLayout.ValueNext), number);
            if (previous != PageLayout.NoPage)
                pages.Release(previous);
            previous = number;
            value = value[part.Length..];
        }

        pages.Release(previous);
        return first;
    }

    void Commit(IndexPage page, IndexPage? sibling)
    {
        page.Finish();
        if (sibling is not null)
        {
            page.SetNext(sibling.Number);
            sibling.SetPrevious(page.Number);
        }

        var (origin, keyLengths, keyBytes) = page.First;
        var extra = keyLengths + nullBytes + PageLayout.RowHeader;
        Span<byte> row = new byte[extra + keyBytes + PointerBytes]; // while it is added, more may be made
        page.Bytes.Slice(origin - extra, extra + keyBytes).CopyTo(row);
        if (isClustered)
            row.Slice(keyLengths, nullBytes).Clear();
        WriteUInt32BigEndian(row[^PointerBytes..], page.Number);
        Add(row, (extra, keyLengths, keyBytes), page.Level + 1);
        pages.Release(page.Number);
    }
}
