using System.Text.Json.Serialization;

namespace Stillframe.Compiling;

/// <summary>The ids that InnoDB gave to one table, to its tablespaces and to its indexes. The names in JSON are those of link maps that are in registries.</summary>
sealed record IdRange
{
    /// <summary>The table's; null like <see cref="Table"/>.</summary>
    public string? Schema { get; init; }

    /// <summary>Name of the table; null for numbers that nothing has any more (of tables dropped or altered).</summary>
    public string? Table { get; init; }

    /// <summary>Hash of the statement that makes the table, its AUTO_INCREMENT value left out.</summary>
    [JsonPropertyName("shape")]
    public string? DefinitionHash { get; init; }

    /// <summary>The lowest number of a table; <see cref="Tables"/> follow one another, as partitions and full-text indexes are tables to InnoDB.</summary>
    public required ulong FirstTable { get; init; }

    /// <summary>How many.</summary>
    public required int Tables { get; init; }

    /// <summary>Likewise of a tablespace.</summary>
    public required uint FirstSpace { get; init; }

    /// <summary>How many.</summary>
    public required int Spaces { get; init; }

    /// <summary>Likewise of an index.</summary>
    public required ulong FirstIndex { get; init; }

    /// <summary>How many.</summary>
    public required int Indexes { get; init; }
}
