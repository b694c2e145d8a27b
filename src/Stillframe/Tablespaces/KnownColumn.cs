using Stillframe.Normalizing;
using Stillframe.Records;

namespace Stillframe.Tablespaces;

/// <summary>A column of a table that can be written, by what SHOW FULL FIELDS says of it.</summary>
static class KnownColumn
{
    /// <param name="type">Such as <c>int(10) unsigned</c>.</param>
    /// <param name="collation">Of text; otherwise null.</param>
    /// <param name="weights">Of collations that are known.</param>
    /// <exception cref="NotWritableException">Its values can't be written.</exception>
    public static StoredColumn Of(ColumnLayout layout, string type, string? collation, IReadOnlyDictionary<string, CollationWeights> weights)
    {
        var field = RecordFields.Of(type, collation) ?? OfFloat(type) ?? throw new NotWritableException($"its column {layout.Name} is of the type {type}");
        var column = StoredColumn.Of(layout, field, RecordCharset.Of(collation)?.Width ?? 1);
        return column with
        {
            Ordering = field switch
            {
                MemberField => new FixedOrdering(), // by the members' numbers
                DoubleField or FloatField => new FloatingOrdering(),
                _ when collation is not null => OfText(collation, weights),
                _ => column.HasLength ? new BinaryOrdering() : new FixedOrdering(),
            },
        };
    }

    static FloatField? OfFloat(string type) => type switch { "float" => new(isUnsigned: false), "float unsigned" => new(isUnsigned: true), _ => null };

    static Ordering? OfText(string collation, IReadOnlyDictionary<string, CollationWeights> weights) => collation switch
    {
        "utf8mb4_bin" or "utf8mb3_bin" or "latin1_bin" or "ascii_bin" => new BinaryTextOrdering(),
        _ => weights.TryGetValue(collation, out var known) ? new CollatedOrdering(known) : null,
    };
}
