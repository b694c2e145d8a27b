using System.Text.Json.Serialization;

namespace Stillframe.Compiling;

/// <summary>The ids that InnoDB gave to one table, to its tablespaces and to its indexes. The names in JSON are those of link maps that are in registries.</summary>
/// <param name="Table">Name of the table; null for numbers that nothing has any more (of tables dropped or altered).</param>
/// <param name="DefinitionHash">Hash of the statement that makes the table, its AUTO_INCREMENT value left out.</param>
/// <param name="FirstTable">The lowest number of a table; <paramref name="Tables"/> follow one another, as partitions and full-text indexes are tables to InnoDB.</param>
/// <param name="FirstSpace">Likewise of a tablespace.</param>
/// <param name="FirstIndex">Likewise of an index.</param>
public sealed record IdRange(
    string? Schema, string? Table, [property: JsonPropertyName("shape")] string? DefinitionHash, ulong FirstTable, int Tables, uint FirstSpace, int Spaces, ulong FirstIndex, int Indexes);
