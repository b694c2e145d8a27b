using Microsoft.Win32.SafeHandles;

namespace Stillframe.Tablespaces;

/// <summary>Writes the file of a table without a server: the empty table's, and rows in the order of its primary key. What comes out is, byte for byte, what a bulk load of the server leaves when it is normalised.</summary>
/// <remarks>Proved by a test that compares it with the server's own (MariaDB 10.11).</remarks>
sealed class TableWriter
{
    readonly TablePlan plan;
    readonly SpacePages pages;
    readonly SpaceMap map;
    readonly IndexTree table;
    readonly StoredRow row;
    readonly SortedRows[] sorted;
    readonly SortKey key = new();
    readonly DistinctKeys distinct;

    /// <param name="pristine">The file of the table without rows.</param>
    public TableWriter(SafeFileHandle file, ReadOnlySpan<byte> pristine, TablePlan plan)
    {
        this.plan = plan;
        pages = new(file);
        pages.Begin(pristine);
        map = new(pages);
        table = Tree(plan.Indexes[0]);
        row = new(plan.Columns);
        sorted = [.. plan.Indexes.Skip(1).Select(index => new SortedRows(index.Sorted))];
        distinct = new(plan.Indexes[0].Sorted);
    }

    /// <param name="text">Of a text result, with all columns.</param>
    /// <exception cref="NotWritableException">Its bytes do not follow from it, or it is out of order.</exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    public void Add(ReadOnlySpan<byte> text)
    {
        if (!row.TryRead(text))
            throw new NotWritableException("a value is not written as the server would");
        Sort(plan.Indexes[0]);
        if (!distinct.Precede(key.Written))
            throw new NotWritableException("its rows are not in the order of its primary key");
        distinct.Add(key.Written, key.Ends);
        Count++;
        plan.Indexes[0].Rows.Write(row);
        table.Add(plan.Indexes[0].Rows.Image);
        for (var i = 0; i < sorted.Length; i++)
        {
            var index = plan.Indexes[i + 1];
            Sort(index);
            index.Rows.Write(row);
            sorted[i].Add(key, index.Rows.Image);
        }
    }

    /// <summary>Rows so far.</summary>
    public long Count { get; private set; }

    /// <returns>Statistics of the indexes, in their order.</returns>
    /// <exception cref="NotWritableException">Two rows of a unique key are equal.</exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    public IReadOnlyList<IndexStatistics> Finish()
    {
        var trees = new List<(IndexTree Tree, DistinctKeys Keys)> { (table, distinct) };
        table.Finish();
        for (var i = 0; i < sorted.Length; i++)
        {
            var tree = Tree(plan.Indexes[i + 1]);
            trees.Add((tree, sorted[i].WriteTo(tree, plan.Indexes[i + 1].Layout.IsUnique)));
            tree.Finish();
        }

        List<IndexStatistics> statistics = [.. trees.Select((built, i) => new IndexStatistics(plan.Indexes[i].Layout.Name, built.Keys.Counts, built.Tree.LeafPages, built.Tree.Pages))];
        pages.Finish();
        return statistics;
    }

    IndexTree Tree(IndexPlan index) => new(map, index.Layout.Root, index.Layout.IsClustered, index.Rows.Image.NullBytes);

    void Sort(IndexPlan index)
    {
        key.Clear();
        for (var i = 0; i < index.Sorted; i++)
        {
            var field = index.Rows.Fields[i];
            var column = plan.Columns[field.Column];
            if (row.IsNull(field.Column))
                key.AddNull(field.IsDescending);
            else if (!key.TryAdd(RowWriter.Prefix(row[field.Column], field.Prefix, column), column.Ordering!, column.IsNullable, field.IsDescending))
                throw new NotWritableException("the order of a value is the server's own");
        }
    }
}
