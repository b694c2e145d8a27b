using Stillframe.Dumps;
using Stillframe.Loading.Bulk;

namespace Stillframe.Compiling;

/// <summary>A table whose rows are to be compiled.</summary>
/// <param name="Rows">Null where it has none.</param>
/// <param name="Alone">The name of its layer, where it has one for itself.</param>
sealed record TableWork(SchemaTable Table, DumpTable Dump, TableRows? Rows, string? Alone)
{
    public TableName Name => Table.Name;

    /// <summary>
    /// InnoDB numbers the rows of tables without a key itself, with one counter for all of them: two of them need two servers, or the rows of
    /// one would depend on the other.
    /// </summary>
    public bool TakesHiddenNumbers => Rows is not null && Table.Description is { Engine: "InnoDB", HasPrimaryKey: false };
}
