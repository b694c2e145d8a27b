using Stillframe.Dumps;

namespace Stillframe.Masking;

/// <summary>The masks of one dump's tables.</summary>
sealed class DumpMasks
{
    readonly MaskRequest request;
    readonly IReadOnlyDictionary<TableName, TableMask> tables;
    readonly HashSet<TableName> dumped;

    DumpMasks(MaskRequest request, IReadOnlyDictionary<TableName, TableMask> tables, IEnumerable<TableName> dumped) =>
        (this.request, this.tables, this.dumped) = (request, tables, [.. dumped]);

    /// <summary>Rows stay as they are.</summary>
    public static DumpMasks None { get; } = new(MaskRequest.None, new Dictionary<TableName, TableMask>(), []);

    public bool IsNone => tables.Count == 0;

    /// <summary>Those with a mask.</summary>
    public IEnumerable<TableMask> Tables => tables.Values;

    /// <param name="summary">As it was read.</param>
    /// <exception cref="StillframeException">SF1020 to SF1022.</exception>
    public static DumpMasks Of(MaskRequest request, DumpSummary summary)
    {
        _ = request.Version(); // without a key, nothing is begun
        return new(request, ColumnMasks.Of(request, summary), summary.Tables.Select(table => table.FullName));
    }

    /// <summary>Without those of tables whose rows are masked already.</summary>
    public DumpMasks Without(IEnumerable<TableName> masked)
    {
        var done = masked.ToHashSet();
        return new(request, tables.Where(table => !done.Contains(table.Key)).ToDictionary(), dumped);
    }

    /// <summary>Whether the dump makes the table, and by this name.</summary>
    public bool Knows(TableName table) => dumped.Contains(table);

    public TableMask? Find(TableName table) => tables.GetValueOrDefault(table);

    /// <summary>Null where the table's rows stay as they are.</summary>
    public RowMasker? MaskerOf(TableName table) => Find(table) is { } found ? new(found, request) : null;

    /// <summary>
    /// The summary as a frame may know it. A fingerprint of unmasked rows would let anybody test guesses of them; these need the key. Those of tables without masks stay, so that
    /// they are found again.
    /// </summary>
    public DumpSummary Hide(DumpSummary summary) => request.IsNone ? summary : summary with
    {
        DataVersion = request.Hide("dump", summary.DataVersion),
        Files = [.. summary.Files.Select(file => file with { Sha256 = request.Hide("file", file.Sha256) })],
        Tables = [.. summary.Tables.Select(table => Find(table.FullName) is { } mask ? Hide(table, mask) : table)],
    };

    DumpTable Hide(DumpTable table, TableMask mask)
    {
        var rows = request.Hide("rows", $"{table.RowsFingerprint}\0{mask.Identity}");
        return table with { RowsFingerprint = rows, Fingerprint = FieldHash.Of(table.SchemaFingerprint, rows) };
    }
}
