using System.Runtime.CompilerServices;
using Stillframe.Normalizing;

namespace Stillframe.Tablespaces;

/// <summary>A field of an index's rows.</summary>
/// <param name="Column">Its place in the table; -1 for the transaction that wrote a row.</param>
/// <param name="Prefix">Bytes of the column at most; 0 for all.</param>
readonly record struct RowField(int Column, int Prefix, bool IsDescending);

/// <summary>Writes the rows of one index.</summary>
/// <param name="fields">Of its rows; a key first.</param>
/// <param name="keys">How many of them are in the pages above its rows.</param>
sealed class RowWriter(IReadOnlyList<StoredColumn> columns, IReadOnlyList<RowField> fields, int keys)
{
    readonly StoredColumn[] columns = [.. columns];
    readonly RowField[] fields = [.. fields];

    public RowImage Image { get; } = new((fields.Count(field => field.Column >= 0 && columns[field.Column].IsNullable) + 7) / 8);

    public ReadOnlySpan<RowField> Fields => fields;

    readonly List<int> outside = [];

    /// <exception cref="NotWritableException">It is too long for a page.</exception>
    public void Write(StoredRow row)
    {
        outside.Clear();
        WriteWith(row);
        while (Image.Size >= NotWritableException.LongestRow)
        {
            outside.Add(Longest(row));
            WriteWith(row);
        }

        // the longest first
        if (outside.Count > 1)
            Image.Outside.Sort((one, other) => outside.IndexOf(one.Field).CompareTo(outside.IndexOf(other.Field)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void WriteWith(StoredRow row)
    {
        Image.Clear();
        var bit = 0;
        for (var i = 0; i < fields.Length; i++)
        {
            if (i == keys)
                Image.EndKey();
            if (fields[i].Column < 0)
            {
                RowTransaction.Forget(Image.Field(RowTransaction.Bytes));
                continue;
            }

            if (row.IsNull(fields[i].Column))
                Image.SetNull(bit++);
            else
                Write(row[fields[i].Column], i, ref bit);
        }

        if (keys == fields.Length)
            Image.EndKey();
    }

    /// <summary>The field that has most to gain when it is stored elsewhere (data0data.cc, <c>dtuple_convert_big_rec</c>).</summary>
    int Longest(StoredRow row)
    {
        var (longest, length) = (-1, 2 * PageLayout.ReferenceBytes);
        for (var i = keys; i < fields.Length; i++)
        {
            var column = fields[i].Column;
            if (column < 0 || row.IsNull(column) || !columns[column].IsLong || columns[column].Storage != Storage.Variable || outside.Contains(i) || row[column].Length <= length)
                continue;
            (longest, length) = (i, row[column].Length);
        }

        return longest >= 0 ? longest : throw new NotWritableException("a row is too long");
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Write(ReadOnlySpan<byte> value, int field, ref int bit)
    {
        var (prefix, column) = (fields[field].Prefix, columns[fields[field].Column]);
        bit += column.IsNullable ? 1 : 0;
        if (outside.Contains(field))
        {
            Image.Reference(value, field);
            return;
        }

        var stored = Prefix(value, prefix, column);
        if (column.HasLength)
            Image.Length(stored.Length, column.IsLong);
        stored.CopyTo(Image.Field(stored.Length));
    }

    /// <summary>Of text, as many characters as would fit were each the widest.</summary>
    public static ReadOnlySpan<byte> Prefix(ReadOnlySpan<byte> value, int prefix, StoredColumn column)
    {
        if (prefix == 0 || value.Length <= prefix / column.WidestCharacter)
            return value;
        if (column.WidestCharacter == 1)
            return value[..Math.Min(prefix, value.Length)];
        var (position, characters) = (0, prefix / column.WidestCharacter);
        for (; position < value.Length; position++)
        {
            if ((value[position] & 0xc0) != 0x80 && characters-- == 0)
                break;
        }

        return value[..position];
    }
}
