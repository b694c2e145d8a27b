namespace Stillframe.Normalizing;

/// <summary>A column of a primary key as rows store it.</summary>
/// <param name="FixedLength">Bytes; 0 where each row says its own length.</param>
/// <param name="LongLength">Whether such a length may take two bytes.</param>
readonly record struct KeyField(int FixedLength, bool LongLength);

/// <summary>
/// As much of a clustered index's layout as is needed to find the transaction id of a row, which follows the key.
/// </summary>
/// <param name="Fields">The key's columns; one of 6 bytes where InnoDB made the key itself.</param>
/// <param name="NullBytes">Size of a row's bitmap of nulls.</param>
sealed record ClusteredKey(IReadOnlyList<KeyField> Fields, int NullBytes)
{
    public bool IsFixed => Fields.All(part => part.FixedLength > 0);

    public int FixedLength { get; } = Fields.Sum(part => part.FixedLength);

    public static ClusteredKey Generated { get; } = new([new(6, false)], 0);
}
