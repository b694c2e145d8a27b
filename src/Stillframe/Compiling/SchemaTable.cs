using Stillframe.Dumps;
using Stillframe.Loading.Bulk;
using Stillframe.Normalizing;

namespace Stillframe.Compiling;

/// <summary>A table as it is before its rows.</summary>
/// <param name="Numbers">Of the table, its partitions and what its full-text indexes are kept in; none where it is not InnoDB's.</param>
/// <param name="Files">That take rows, such as <c>shop/orders.ibd</c>, in ordinal order.</param>
sealed record SchemaTable(TableDescription Description, IReadOnlyList<TableNumbers> Numbers, IReadOnlyList<string> Files)
{
    public TableName Name => Description.Name;

    /// <summary>Null where nobody asked for it.</summary>
    public TableForm? Form { get; init; }

    /// <summary>One tablespace of its own and nothing else: it can be taken from a running server.</summary>
    public bool IsPlain => Description is { Engine: "InnoDB", Type: "BASE TABLE" } && Files.Count == 1 && Numbers.Count == 1;

    public override string ToString() => Name.ToString();
}
