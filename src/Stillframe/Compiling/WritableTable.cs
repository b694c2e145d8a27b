using System.Globalization;
using Stillframe.Dumps;
using Stillframe.Loading;
using Stillframe.Loading.Bulk;
using Stillframe.Records;
using Stillframe.Tablespaces;

namespace Stillframe.Compiling;

/// <summary>A table whose file can be written without a server.</summary>
/// <param name="Pristine">Its file without rows, normalised.</param>
sealed record WritableTable(WritePlan Plan, byte[] Pristine)
{
    /// <summary>Of literals that are columns' values as they are.</summary>
    const string Charset = "utf8mb4";

    /// <summary>The same without characters of four bytes, which the server would take for others.</summary>
    const string Narrow = "utf8mb3";

    /// <exception cref="NotWritableException">The table has something that is not proved.</exception>
    public static async Task<WritableTable> OfAsync(CompiledSchema schema, SchemaTable table, CancellationToken cancellationToken)
    {
        if (schema.Forms is not { } forms || table is not { IsPlain: true, Form: { } form, Description: var description })
            throw new NotWritableException("it is not a plain table of a server that is proved");
        if (form.ServerBecause is { } reason)
            throw new NotWritableException(reason);
        if (description.Columns.Any(column => column.Generated || column.Invisible))
            throw new NotWritableException("it has columns that rows have no values for");
        var name = table.Files[0];
        var texts = forms.Texts();
        if (!schema.Normalizer.Layouts.TryGetValue(Path.ChangeExtension(name, null), out var layout) || layout.Columns.Count != description.Columns.Count)
            throw new NotWritableException("it has columns that nobody sees");
        var columns = layout.Columns.Zip(description.Columns, (stored, column) => stored.Name == column.Name
            ? Checked(KnownColumn.Of(stored, column.FullType, column.Collation, texts), form)
            : throw new NotWritableException("its columns are in another order")).ToList();
        var plan = WritePlan.Of(layout, columns, form.IsDynamic).Counting(description.Columns.Index().Where(column => column.Item.AutoIncrement).Select(column => column.Index).DefaultIfEmpty(-1).First());
        return new(plan, await PristineAsync(schema, name, cancellationToken));
    }

    static StoredColumn Checked(StoredColumn column, TableForm form) => form.Json.Contains(column.Name) ? column with { Field = new JsonField(column.Field) } : column;

    /// <exception cref="NotWritableException">The rows are not in the form that is proved.</exception>
    public static void Require(TableDescription table, EncodedRows rows)
    {
        if (!rows.Plan.Columns.SequenceEqual(table.Columns))
            throw new NotWritableException("its rows name the columns in another order");
        if (rows.Plan.Charset != Charset && !IsNarrow(rows))
            throw new NotWritableException($"the character set of the dump is {rows.Plan.Charset}, not {Charset}");
        if (table.Columns.Any(column => column.Type == "timestamp") && rows.Session.TimeZone != "+00:00")
            throw new NotWritableException($"it has times in the time zone {rows.Session.TimeZone}, not +00:00");
        if (rows.Session.HasOwnDates && table.Columns.Any(column => column.Type is "date" or "datetime" or "timestamp"))
            throw new NotWritableException("the dump's sql_mode has rules for dates");
    }

    /// <summary>Whether characters of four bytes are no text in the dump.</summary>
    public static bool IsNarrow(EncodedRows rows) => StreamCharset.Name(rows.Plan.Charset) == Narrow;

    /// <summary>As the server's own tables have them.</summary>
    public static TableStatistics Statistics(TableName table, WrittenTable written)
    {
        var indexes =
            from index in written.Indexes
            from row in index.Distinct.Select((count, last) => Row(index, string.Create(CultureInfo.InvariantCulture, $"n_diff_pfx{last + 1:00}"), count, index.LeafPages, string.Join(',', index.Fields.Take(last + 1))))
                .Append(Row(index, "n_leaf_pages", index.LeafPages, null, "Number of leaf pages in the index"))
                .Append(Row(index, "size", index.Pages, null, "Number of pages in the index"))
            select row;
        return new(
            [[table.Name, Number(written.Rows), Number(written.Indexes[0].Pages), Number(written.Indexes.Skip(1).Sum(index => index.Pages))]],
            [.. indexes.OrderBy(row => row[1], Utf8Order).ThenBy(row => row[2], StringComparer.Ordinal)]);

        string?[] Row(IndexStatistics index, string name, long value, long? sample, string description) => [table.Name, index.Index, name, Number(value), sample is { } pages ? Number(pages) : null, description];
    }

    static Comparer<string?> Utf8Order { get; } = Comparer<string?>.Create((one, other) => System.Text.Encoding.UTF8.GetBytes(one!).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(other!)));

    static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    static async Task<byte[]> PristineAsync(CompiledSchema schema, string name, CancellationToken cancellationToken)
    {
        await using var tablespace = schema.Normalizer.Read(File.OpenRead(Path.Combine(schema.Directory, name)));
        using var pristine = new MemoryStream();
        await tablespace.CopyToAsync(pristine, cancellationToken);
        return tablespace.Result.LeftAlone is { } reason ? throw new NotWritableException(reason) : pristine.ToArray();
    }
}
