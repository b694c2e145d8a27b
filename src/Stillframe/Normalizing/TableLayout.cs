using static Stillframe.Normalizing.DictionaryTable;

namespace Stillframe.Normalizing;

/// <summary>A table's columns and indexes, as InnoDB's dictionary has them.</summary>
/// <param name="Columns">In the order of the table.</param>
/// <param name="Indexes">In the order of their numbers: the table itself first.</param>
sealed record TableLayout(IReadOnlyList<ColumnLayout> Columns, IReadOnlyList<IndexLayout> Indexes);

/// <summary>A column (data0type.h).</summary>
/// <param name="Type">Main type, such as <see cref="Integer"/>.</param>
/// <param name="Precise">The server's type in the lowest byte, flags, and the collation from bit 16 on.</param>
/// <param name="Length">Bytes at most.</param>
sealed record ColumnLayout(string Name, uint Type, uint Precise, int Length)
{
    public const int Character = 2, FixedBinary = 3, Blob = 5, Integer = 6, System = 8, Float = 9, Double = 10, MySqlCharacter = 13, Geometry = 14;

    const int NotNull = 256, Unsigned = 512, Binary = 1024, Virtual = 8192;

    public bool IsNullable => (Precise & NotNull) == 0;

    public bool IsUnsigned => (Precise & Unsigned) != 0;

    public bool IsVirtual => (Precise & Virtual) != 0;

    /// <summary>Whether each row has as many bytes of it.</summary>
    public bool IsFixed => Type switch
    {
        Character or FixedBinary or Integer or System or Float or Double => true,
        MySqlCharacter => (Precise & Binary) != 0 || Collations.HaveOneWidth((int)(Precise >> 16 & 0x7fff)),
        _ => false,
    };

    /// <summary>Whether a length of it may take two bytes.</summary>
    public bool IsLong => Length > byte.MaxValue || Type is Blob or Geometry;

    internal static ColumnLayout Of(byte[]?[] row) => new(Text(row[4]), Number(row[5]), Number(row[6]), (int)Number(row[7]));

    /// <summary>As rows have it in a key.</summary>
    /// <param name="prefix">Bytes of it; 0 for all.</param>
    public KeyField InKey(int prefix) => IsFixed ? new(prefix > 0 ? Math.Min(prefix, Length) : Length, false) : new(0, IsLong);
}

/// <summary>An index.</summary>
/// <param name="Kind">Bits of dict0mem.h: 1 of the table itself, 2 unique, all others of kinds of their own.</param>
/// <param name="Root">Page number.</param>
sealed record IndexLayout(ulong Id, string Name, uint Kind, uint Root, IReadOnlyList<IndexPart> Parts)
{
    public bool IsClustered => (Kind & 1) != 0;

    public bool IsUnique => (Kind & 2) != 0;

    internal static IndexLayout Of(byte[]?[] row, IReadOnlyList<(uint Position, string Name)> fields)
    {
        // where any column is a prefix or goes down, the upper half is the position
        var isLong = fields.Count > 1 ? fields[1].Position >= 1 << 16 : fields.Count == 1 && fields[0].Position > 0;
        return new(DictionaryTable.Id(row[1]), Text(row[4]), Number(row[6]), Number(row[8]), [.. fields.Select(field => new IndexPart(field.Name, isLong ? (int)(field.Position & 0x7fff) : 0, isLong && (field.Position & 0x8000) != 0))]);
    }
}

/// <param name="Prefix">Bytes of the column that are in the index; 0 for all.</param>
readonly record struct IndexPart(string Column, int Prefix, bool IsDescending);
