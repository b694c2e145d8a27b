using Stillframe.Connections;
using Stillframe.Records;

namespace Stillframe.Tablespaces;

/// <summary>The values of one row, stored.</summary>
/// <param name="columns">Of the table, in its order.</param>
sealed class StoredRow(IReadOnlyList<StoredColumn> columns)
{
    readonly RecordImage image = new();
    readonly (int Start, int Length)[] places = new (int, int)[columns.Count];

    public bool IsNull(int column) => places[column].Length < 0;

    public ReadOnlySpan<byte> this[int column] => image.At(places[column].Start, places[column].Length);

    /// <param name="row">Of a text result.</param>
    /// <returns>False for a value whose bytes do not follow from its text.</returns>
    public bool TryRead(ReadOnlySpan<byte> row)
    {
        image.Clear();
        var reader = new PacketReader(row);
        for (var i = 0; i < columns.Count; i++)
        {
            var start = image.Written.Length;
            if (reader.TakeNull())
            {
                places[i] = (start, -1);
                if (!columns[i].IsNullable)
                    return false;
                continue;
            }

            if (!columns[i].Field.TryWrite(reader.Counted(), image))
                return false;
            places[i] = (start, columns[i].Store(image.At(start, image.Written.Length - start)).Length);
        }

        return true;
    }
}
