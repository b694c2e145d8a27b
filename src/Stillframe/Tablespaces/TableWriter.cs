using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;
using Stillframe.Normalizing;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Tablespaces;

/// <summary>What is known of a table that was written.</summary>
/// <param name="Checksum">What <c>CHECKSUM TABLE</c> gives.</param>
/// <param name="Indexes">Their statistics, in their order.</param>
sealed record WrittenTable(long Rows, uint Checksum, IReadOnlyList<IndexStatistics> Indexes);

/// <summary>Writes the file of a table without a server: the empty table's, and rows in the order of its primary key. What comes out is, byte for byte, what a bulk load of the server leaves when it is normalised.</summary>
/// <remarks>Proved by a test that compares it with the server's own (MariaDB 10.11).</remarks>
sealed class TableWriter : IDisposable
{
    readonly WritePlan plan;
    readonly StoredColumn[] columns;
    readonly IndexPlan[] indexes;
    readonly SpacePages pages;
    readonly IndexTree table;
    readonly SpaceMap map;
    readonly SortedRows[] sorted;
    readonly SortKey key = new();
    readonly DistinctKeys distinct;
    readonly SortedRecords? unsorted;
    ulong counter;
    long rows;
    uint checksum;

    /// <param name="pristine">The file of the table without rows.</param>
    /// <param name="isSorted">False where rows come in another order than that of the primary key.</param>
    public TableWriter(SafeFileHandle file, ReadOnlySpan<byte> pristine, WritePlan plan, SortSpace space, bool isSorted = true)
    {
        this.plan = plan;
        (columns, indexes) = ([.. plan.Columns], [.. plan.Indexes]);
        pages = new(file);
        pages.Begin(pristine);
        map = new(pages);
        table = Tree(plan.Indexes[0]);
        Row = new(plan.Columns, plan.Format);
        var each = space with { Bytes = space.Bytes / plan.Indexes.Count };
        sorted = [.. plan.Indexes.Skip(1).Select(index => new SortedRows(index.Sorted, each))];
        distinct = new(plan.Indexes[0].Sorted);
        unsorted = isSorted ? null : new(each);
    }

    /// <summary>The next row, for the caller to fill.</summary>
    public StoredRow Row { get; }

    /// <summary>Adds the row.</summary>
    /// <exception cref="RowOrderException">It is not in the order of the primary key.</exception>
    /// <exception cref="NotWritableException">Its bytes do not follow from its text.</exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add()
    {
        rows++;
        checksum += Row.Checksum;
        if (plan.Counted >= 0)
            Count();
        if (unsorted is null)
        {
            Write();
            return;
        }

        Sort(indexes[0]);
        Row.Save(unsorted.Add(key.Written, Row.SavedBytes));
    }

    /// <exception cref="NotWritableException">Two rows of a unique key are equal.</exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    public WrittenTable Finish()
    {
        unsorted?.Visit((_, row) =>
        {
            Row.Restore(row);
            Write();
        });
        var trees = new List<(IndexTree Tree, DistinctKeys Keys)> { (table, distinct) };
        table.Finish();
        for (var i = 0; i < sorted.Length; i++)
        {
            var tree = Tree(plan.Indexes[i + 1]);
            trees.Add((tree, sorted[i].WriteTo(tree, plan.Indexes[i + 1].Layout.IsUnique)));
            tree.Finish();
            sorted[i].Dispose();
        }

        KeepCounter();
        List<IndexStatistics> statistics = [.. trees.Select((built, i) => new IndexStatistics(plan.Indexes[i].Layout.Name, plan.NamesOf(i), built.Keys.Counts, built.Tree.LeafPages, built.Tree.Pages))];
        pages.Finish();
        return new(rows, checksum, statistics);
    }

    public void Dispose()
    {
        unsorted?.Dispose();
        foreach (var index in sorted)
            index.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Write()
    {
        Sort(indexes[0]);
        if (!distinct.Precede(key.Written))
            throw unsorted is null ? new RowOrderException() : new NotWritableException("two rows of its primary key are equal");
        distinct.Add(key.Written, key.Ends);
        indexes[0].Rows.Write(Row);
        table.Add(indexes[0].Rows.Image);
        for (var i = 0; i < sorted.Length; i++)
        {
            var index = indexes[i + 1];
            Sort(index);
            index.Rows.Write(Row);
            sorted[i].Add(key, index.Rows.Image);
        }
    }

    IndexTree Tree(IndexPlan index) => new(map, index.Layout.Root, index.Layout.IsClustered, index.Rows.Image.NullBytes);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Sort(IndexPlan index)
    {
        key.Clear();
        foreach (var field in index.Rows.Fields[..index.Sorted])
        {
            var column = columns[field.Column];
            if (Row.IsNull(field.Column))
                key.AddNull(field.IsDescending);
            else if (!key.TryAdd(RowWriter.Prefix(Row[field.Column], field.Prefix, column), column.Ordering!, column.IsNullable, field.IsDescending))
                throw new NotWritableException("the order of a value is the server's own");
        }
    }

    /// <summary>The greatest value so far that is not negative.</summary>
    void Count()
    {
        if (Row.IsNull(plan.Counted))
            return;
        ulong value = 0;
        var stored = Row[plan.Counted];
        foreach (var one in stored)
            value = value << 8 | one;
        if (plan.Columns[plan.Counted].Storage == Storage.SignedInteger)
        {
            var zero = 1UL << (8 * stored.Length - 1);
            value = value < zero ? 0 : value - zero;
        }

        counter = Math.Max(counter, value);
    }

    /// <summary>Where pages of indexes name a transaction, the root of the table has what it counts to (btr0btr.cc, <c>page_set_autoinc</c>).</summary>
    void KeepCounter()
    {
        var place = pages[plan.Indexes[0].Layout.Root].AsSpan(PageLayout.MaxTransaction);
        WriteUInt64BigEndian(place, Math.Max(counter, ReadUInt64BigEndian(place)));
    }
}
