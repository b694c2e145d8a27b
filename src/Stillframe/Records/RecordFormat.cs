using Stillframe.Connections;

namespace Stillframe.Records;

/// <summary>A table's rows as the server has them in memory: bits of the columns that are NULL, then each column that is not.</summary>
/// <param name="isPacked">Whether a row has no bit that tells it from a deleted one: where a column's width is not fixed, and of ROW_FORMAT=DYNAMIC.</param>
/// <remarks><c>handler::calculate_checksum</c> in sql/handler.cc of MariaDB 10.11.</remarks>
sealed class RecordFormat(IReadOnlyList<RecordFormat.Column> columns, bool isPacked)
{
    readonly int firstBit = isPacked ? 0 : 1;
    readonly int bits = (isPacked ? 0 : 1) + columns.Count(column => column.IsNullable);

    /// <param name="IsNullable">Whether it may be NULL.</param>
    public readonly record struct Column(RecordField Field, bool IsNullable);

    /// <summary>Bytes of a row's bits.</summary>
    int BitBytes => (bits + 7) / 8;

    /// <summary>Writes a row.</summary>
    /// <param name="row">Of a text result.</param>
    /// <returns>False for a row whose bytes do not follow from it.</returns>
    public bool TryWrite(ReadOnlySpan<byte> row, RecordImage target)
    {
        target.Clear();
        target.Take(BitBytes).Clear();
        var reader = new PacketReader(row);
        var bit = firstBit;
        foreach (var column in columns)
        {
            if (reader.TakeNull())
            {
                if (!column.IsNullable)
                    return false;
                Set(bit++, target);
                continue;
            }

            if (!column.Field.TryWrite(reader.Counted(), target))
                return false;
            bit += column.IsNullable ? 1 : 0;
        }

        // the bit of a deleted row, and those behind the last
        if (firstBit == 1)
            Set(0, target);
        for (var unused = bits; unused < BitBytes * 8; unused++)
            Set(unused, target);
        return true;
    }

    static void Set(int bit, RecordImage target) => target.At(bit / 8, 1)[0] |= (byte)(1 << bit % 8);
}
