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
    public RowImage Image { get; } = new((fields.Count(field => field.Column >= 0 && columns[field.Column].IsNullable) + 7) / 8);

    public IReadOnlyList<RowField> Fields => fields;

    /// <exception cref="NotWritableException">It is too long for a page.</exception>
    public void Write(StoredRow row)
    {
        Image.Clear();
        var bit = 0;
        for (var i = 0; i < fields.Count; i++)
        {
            if (i == keys)
                Image.EndKey();
            if (fields[i].Column < 0)
            {
                RowTransaction.Forget(Image.Field(RowTransaction.Bytes));
                continue;
            }

            var column = columns[fields[i].Column];
            if (row.IsNull(fields[i].Column))
                Image.SetNull(bit++);
            else
                Write(row[fields[i].Column], fields[i].Prefix, column, ref bit);
        }

        if (keys == fields.Count)
            Image.EndKey();
        if (Image.Size >= NotWritableException.LongestRow)
            throw new NotWritableException("a row has values outside of its page");
    }

    void Write(ReadOnlySpan<byte> value, int prefix, StoredColumn column, ref int bit)
    {
        bit += column.IsNullable ? 1 : 0;
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
