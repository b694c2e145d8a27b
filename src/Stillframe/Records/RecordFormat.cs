using System.Runtime.CompilerServices;
using Stillframe.Connections;

namespace Stillframe.Records;

/// <summary>A table's rows as the server has them in memory: bits of the columns that are NULL, then each column that is not.</summary>
/// <remarks><c>handler::calculate_checksum</c> in sql/handler.cc of MariaDB 10.11.</remarks>
sealed class RecordFormat
{
    readonly Column[] columns;
    readonly int firstBit, bits;
    int bit;

    /// <param name="isPacked">Whether a row has no bit that tells it from a deleted one.</param>
    RecordFormat(IReadOnlyList<Column> columns, bool isPacked)
    {
        this.columns = [.. columns];
        firstBit = isPacked ? 0 : 1;
        bits = firstBit + columns.Count(column => column.IsNullable);
    }

    /// <param name="IsNullable">Whether it may be NULL.</param>
    public readonly record struct Column(RecordField Field, bool IsNullable);

    /// <param name="columns">In the order of the table.</param>
    /// <param name="isDynamic">Whether the table was made with <c>ROW_FORMAT=DYNAMIC</c>, and not just is so.</param>
    public static RecordFormat Of(IReadOnlyList<Column> columns, bool isDynamic) => new(columns, isDynamic || columns.Any(column => column.Field is VariableField or JsonField));

    /// <summary>Bytes of a row's bits.</summary>
    int BitBytes => (bits + 7) / 8;

    /// <summary>Writes a row.</summary>
    /// <param name="row">Of a text result.</param>
    /// <returns>False for a row whose bytes do not follow from it.</returns>
    public bool TryWrite(ReadOnlySpan<byte> row, RecordImage target)
    {
        Begin(target);
        var reader = new PacketReader(row);
        for (var column = 0; column < columns.Length; column++)
        {
            if (!(reader.TakeNull() ? TryAddNull(column, target) : TryAdd(column, reader.Counted(), target)))
                return false;
        }

        End(target);
        return true;
    }

    /// <summary>Begins a row, whose columns are then added one after the other.</summary>
    public void Begin(RecordImage target)
    {
        target.Clear();
        target.Take(BitBytes).Clear();
        bit = firstBit;
    }

    /// <param name="text">As a result has it.</param>
    /// <returns>False for a value whose bytes do not follow from its text.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryAdd(int column, ReadOnlySpan<byte> text, RecordImage target)
    {
        bit += columns[column].IsNullable ? 1 : 0;
        return columns[column].Field.TryWrite(text, target);
    }

    /// <returns>False where the column can't be NULL.</returns>
    public bool TryAddNull(int column, RecordImage target)
    {
        if (!columns[column].IsNullable)
            return false;
        Set(bit++, target);
        return true;
    }

    /// <summary>Ends a row: the bit of a deleted one, and those behind the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void End(RecordImage target)
    {
        if (firstBit == 1)
            Set(0, target);
        for (var unused = bits; unused < BitBytes * 8; unused++)
            Set(unused, target);
    }

    static void Set(int bit, RecordImage target) => target.At(bit / 8, 1)[0] |= (byte)(1 << bit % 8);
}
