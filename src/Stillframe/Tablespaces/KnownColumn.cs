using Stillframe.Normalizing;
using Stillframe.Records;

namespace Stillframe.Tablespaces;

/// <summary>A column of a table that can be written, by what SHOW FULL FIELDS says of it.</summary>
static class KnownColumn
{
    /// <param name="type">Such as <c>int(10) unsigned</c>.</param>
    /// <param name="collation">Of text; otherwise null.</param>
    /// <exception cref="NotWritableException">Its values can't be written.</exception>
    public static StoredColumn Of(ColumnLayout layout, string type, string? collation, KnownTexts texts)
    {
        var field = RecordFields.Of(type, collation, texts.Maps) ?? OfFloat(type) ?? throw new NotWritableException($"its column {layout.Name} is of the type {type}");
        var column = StoredColumn.Of(layout, field, RecordCharset.Of(collation, texts.Maps)?.Width ?? 1);
        return column with
        {
            Ordering = field switch
            {
                MemberField => new FixedOrdering(), // by the members' numbers
                DoubleField or FloatField => new FloatingOrdering(),
                _ when collation is not null => OfText(collation, texts),
                _ => column.HasLength ? new BinaryOrdering() : new FixedOrdering(),
            },
        };
    }

    static FloatField? OfFloat(string type) => type switch { "float" => new(isUnsigned: false), "float unsigned" => new(isUnsigned: true), _ => null };

    static Ordering? OfText(string collation, KnownTexts texts)
    {
        var charset = collation[..collation.IndexOf('_', StringComparison.Ordinal)];
        if (collation == $"{charset}_bin")
            return new BinaryTextOrdering();
        if (!texts.Weights.TryGetValue(collation, out var known))
            return null;
        return texts.Maps.TryGetValue(charset, out var map) ? new MappedOrdering(known, map) : new CollatedOrdering(known);
    }
}
