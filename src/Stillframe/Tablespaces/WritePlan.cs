using Stillframe.Normalizing;
using Stillframe.Records;

namespace Stillframe.Tablespaces;

/// <summary>How the rows of a table's indexes are made of its columns.</summary>
/// <param name="Columns">In the order of the table.</param>
/// <param name="Indexes">The table itself first.</param>
sealed record WritePlan(IReadOnlyList<StoredColumn> Columns, IReadOnlyList<IndexPlan> Indexes)
{
    /// <summary>Of its rows in memory.</summary>
    public required RecordFormat Format { get; init; }

    /// <summary>The AUTO_INCREMENT column; -1 for none.</summary>
    public int Counted { get; private init; } = -1;

    /// <param name="column">The AUTO_INCREMENT column; -1 for none.</param>
    /// <exception cref="NotWritableException">It counts in fractions.</exception>
    public WritePlan Counting(int column) => column < 0 || Columns[column].Storage is Storage.SignedInteger or Storage.UnsignedInteger
        ? this with { Counted = column }
        : throw new NotWritableException("it counts in fractions");

    /// <summary>Columns by which the rows of an index are put in order.</summary>
    public IReadOnlyList<string> NamesOf(int index) => [.. Indexes[index].Rows.Fields[..Indexes[index].Sorted].ToArray().Select(field => Columns[field.Column].Name)];

    /// <param name="columns">In the order of the table.</param>
    /// <param name="isDynamic">Whether it was made with <c>ROW_FORMAT=DYNAMIC</c>, and not just is so.</param>
    /// <exception cref="NotWritableException">The table has something that is not proved.</exception>
    public static WritePlan Of(TableLayout layout, IReadOnlyList<StoredColumn> columns, bool isDynamic = false)
    {
        if (layout.Indexes is not [{ IsClustered: true, Parts.Count: > 0 } clustered, ..])
            throw new NotWritableException("it has no primary key");
        if (layout.Indexes.Any(index => index.Kind > 3))
            throw new NotWritableException("it has a FULLTEXT or SPATIAL index");
        var key = Fields(clustered);
        List<RowField> whole = [.. key, new(-1, 0, false), .. Enumerable.Range(0, columns.Count).Where(column => !key.Contains(new(column, 0, false)) && !key.Contains(new(column, 0, true))).Select(column => new RowField(column, 0, false))];
        return new(columns, [IndexPlan.Of(clustered, columns, whole, key.Count), .. layout.Indexes.Skip(1).Select(Secondary)])
        {
            Format = RecordFormat.Of([.. columns.Select(column => new RecordFormat.Column(column.Field, column.IsNullable))], isDynamic),
        };

        IndexPlan Secondary(IndexLayout index)
        {
            var own = Fields(index);
            // a column of which only a part is there already comes once more
            List<RowField> all = [.. own, .. key.Where(part => !own.Any(one => one.Column == part.Column && one.Prefix == 0))];
            return IndexPlan.Of(index, columns, all, all.Count) with { Sorted = index.IsUnique ? own.Count : all.Count };
        }

        List<RowField> Fields(IndexLayout index) => [.. index.Parts.Select(part => Field(index, part))];

        RowField Field(IndexLayout index, IndexPart part)
        {
            var column = columns.Index().Where(one => one.Item.Name == part.Column).Select(one => one.Index).DefaultIfEmpty(-1).First();
            if (column < 0 || columns[column].Ordering is null)
                throw new NotWritableException($"the key {index.Name} has a column whose order is the server's own");
            return new(column, part.Prefix, part.IsDescending);
        }
    }
}

/// <summary>An index's rows.</summary>
/// <param name="Sorted">Fields by which they are put in order: of the table itself its key, of others what was declared, and where that need not be unique the table's key, too.</param>
sealed record IndexPlan(IndexLayout Layout, RowWriter Rows, int Sorted)
{
    public static IndexPlan Of(IndexLayout layout, IReadOnlyList<StoredColumn> columns, IReadOnlyList<RowField> fields, int keys) => new(layout, new(columns, fields, keys), keys);
}
