using Stillframe.Normalizing;
using Stillframe.Records;

namespace Stillframe.Tablespaces;

/// <summary>How a column's values are stored in rows.</summary>
enum Storage
{
    /// <summary>The most significant byte first, and a sign's bit turned.</summary>
    SignedInteger,
    UnsignedInteger,
    /// <summary>As in memory.</summary>
    Fixed,
    /// <summary>A CHAR whose characters have different widths: at least as many bytes as characters.</summary>
    Padded,
    Variable,
}

/// <summary>A column whose values can be written.</summary>
/// <param name="Field">Gives its values as in memory.</param>
/// <param name="Size">Bytes; of <see cref="Storage.Padded"/> at least, of <see cref="Storage.Variable"/> at most.</param>
/// <param name="WidestCharacter">Bytes; 1 for what is no text.</param>
sealed record StoredColumn(string Name, RecordField Field, Storage Storage, int Size, int WidestCharacter, bool IsNullable)
{
    public bool HasLength => Storage is Storage.Padded or Storage.Variable;

    /// <inheritdoc cref="ColumnLayout.IsLong"/>
    public bool IsLong { get; private init; }

    /// <summary>How its values are put in order in keys; null where that is not proved.</summary>
    public Ordering? Ordering { get; init; }

    /// <param name="widest">Bytes of the widest character of its character set; 1 for what is no text.</param>
    public static StoredColumn Of(ColumnLayout layout, RecordField field, int widest) => new(layout.Name, field, Kind(layout), SizeOf(layout, widest), widest, layout.IsNullable) { IsLong = layout.IsLong };

    static Storage Kind(ColumnLayout layout) => layout.Type switch
    {
        ColumnLayout.Integer => layout.IsUnsigned ? Storage.UnsignedInteger : Storage.SignedInteger,
        _ when layout.IsFixed => Storage.Fixed,
        ColumnLayout.MySqlCharacter => Storage.Padded,
        _ => Storage.Variable,
    };

    static int SizeOf(ColumnLayout layout, int widest) => layout.Type == ColumnLayout.MySqlCharacter ? layout.Length / widest : layout.Length;

    /// <summary>Turns a value from what it is in memory into what is stored.</summary>
    /// <returns>The part of it that is stored.</returns>
    public ReadOnlySpan<byte> Store(Span<byte> value)
    {
        switch (Storage)
        {
            case Storage.SignedInteger:
                value.Reverse();
                value[0] ^= 0x80;
                break;
            case Storage.UnsignedInteger:
                value.Reverse();
                break;
            case Storage.Padded:
                var length = value.LastIndexOfAnyExcept((byte)' ') + 1;
                return value[..Math.Max(length, Size)];
        }

        return value;
    }
}
