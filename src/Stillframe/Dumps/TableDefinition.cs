using System.Text.Json;

namespace Stillframe.Dumps;

/// <summary>What the CREATE TABLE of a dump, and the ALTER TABLE after it, say of a table's columns and keys.</summary>
public sealed record TableDefinition
{
    /// <summary>In their order.</summary>
    public required IReadOnlyList<TableDefinitionColumn> Columns { get; init; }

    /// <summary>Columns of the primary key and of each unique one.</summary>
    public IReadOnlyList<IReadOnlyList<string>> UniqueKeys { get; init; } = [];

    /// <summary>Those that point at other tables.</summary>
    public IReadOnlyList<TableDefinitionReference> References { get; init; } = [];

    /// <summary>Why it may not be what the server makes of it, with the place; null where it is.</summary>
    public string? Unclear { get; init; }

    internal static TableDefinition None { get; } = new() { Columns = [] };

    /// <summary>Lists are equal by what is in them.</summary>
    public bool Equals(TableDefinition? other) => other is not null && Text() == other.Text();

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text());

    string Text() => JsonSerializer.Serialize(new { Columns, UniqueKeys, References, Unclear });
}

/// <summary>A column of a table.</summary>
/// <param name="Type">Such as <c>varchar</c>, in lower case and by its usual name.</param>
/// <param name="Length">Characters of text, bytes of binary types, digits of decimals; 0 where the type has none.</param>
/// <param name="Nullable">It takes NULL.</param>
public sealed record TableDefinitionColumn(string Name, string Type, int Length, bool Nullable)
{
    /// <summary>Of a number.</summary>
    public bool Unsigned { get; init; }

    /// <summary>Of an enum or set.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>Such as <c>utf8mb4</c>, of text; null where neither the column nor its table says it.</summary>
    public string? Charset { get; init; }

    /// <summary>Its value is made from others.</summary>
    public bool Generated { get; init; }

    /// <summary>An INSERT without a list of columns has no value for it.</summary>
    public bool Invisible { get; init; }
}

/// <summary>A foreign key.</summary>
/// <param name="Schema">Of the table that it points at; null for the same.</param>
/// <param name="Table">That it points at.</param>
/// <param name="There">Its columns, one for each of <paramref name="Columns"/>.</param>
public sealed record TableDefinitionReference(IReadOnlyList<string> Columns, string? Schema, string Table, IReadOnlyList<string> There);
