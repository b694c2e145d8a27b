using System.Globalization;
using Stillframe.Dumps;

namespace Stillframe.Masking;

/// <summary>The mask of one column.</summary>
/// <param name="Length">The shortest column of this mask and domain, so that equal values are as long in all of them.</param>
sealed record ColumnMask(MaskKind Kind, ColumnForm Form, string Domain, string? Value, int Length)
{
    /// <summary>Whatever decides about what comes out, but the key.</summary>
    public string Identity => string.Create(CultureInfo.InvariantCulture, $"{Kind}\0{Form}\0{Domain}\0{Value}\0{(Shortens ? Length : 0)}");

    /// <summary>What is kept equal; keys of both ends of a foreign key have the same.</summary>
    public string Meaning => Kind is MaskKind.Constant ? $"{Kind}\0{Value}" : $"{Kind}\0{Domain}";

    bool Shortens => Kind is MaskKind.Hash or MaskKind.Email or MaskKind.Name;
}

/// <summary>The masks of one table.</summary>
/// <param name="Columns">All of its columns, in their order.</param>
/// <param name="Masks">One for each column; null where it stays.</param>
sealed record TableMask(TableName Name, IReadOnlyList<TableDefinitionColumn> Columns, IReadOnlyList<ColumnMask?> Masks)
{
    /// <summary>Part of the key of the table's rows.</summary>
    public string Identity => string.Join('\u0001', Columns.Zip(Masks).Where(pair => pair.Second is not null).Select(pair => $"{pair.First.Name}\0{pair.Second!.Identity}").Order(StringComparer.Ordinal));

    public ColumnMask? Of(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Name.Equals(column, StringComparison.OrdinalIgnoreCase))
                return Masks[i];
        }

        return null;
    }

    /// <exception cref="StillframeException">SF1023: the server made other columns of the dump's text than were read in it.</exception>
    public void RequireColumns(IEnumerable<string> names)
    {
        if (!names.SequenceEqual(Columns.Select(column => column.Name), StringComparer.OrdinalIgnoreCase))
            throw new StillframeException(
                ErrorCodes.RowNotMasked,
                $"{Name} has other columns ({string.Join(", ", names)}) than its CREATE TABLE was read to have ({string.Join(", ", Columns.Select(column => column.Name))}), so that its masks can't be trusted. "
                + "Dump the table as it is now, in one CREATE TABLE.");
    }
}
