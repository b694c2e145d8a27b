using Stillframe.Dumps;

namespace Stillframe.Masking;

/// <summary>Which columns of a dump have which masks.</summary>
sealed class ColumnMasks
{
    readonly MaskRequest request;
    readonly DumpSummary summary;
    readonly HashSet<MaskRule> used = [];
    readonly List<string> missing = [];
    readonly Dictionary<TableName, TableMask> tables = [];

    ColumnMasks(MaskRequest request, DumpSummary summary) => (this.request, this.summary) = (request, summary);

    /// <summary>Of tables with a mask.</summary>
    /// <exception cref="StillframeException">SF1020, SF1021.</exception>
    public static IReadOnlyDictionary<TableName, TableMask> Of(MaskRequest request, DumpSummary summary)
    {
        if (request.Rules.Count == 0 && request.Required.Count == 0)
            return new Dictionary<TableName, TableMask>();
        var masks = new ColumnMasks(request, summary);
        masks.Find();
        MaskFit.Check(masks.tables, summary);
        return masks.tables.Where(table => table.Value.Masks.Any(mask => mask is not null)).ToDictionary();
    }

    void Find()
    {
        foreach (var rule in request.Rules)
            _ = (rule.Kind, rule.Pattern); // each by itself first
        foreach (var table in summary.Tables)
            tables[table.FullName] = Of(table);
        if (request.Rules.FirstOrDefault(rule => !used.Contains(rule)) is { } unused)
            throw MaskErrors.Invalid($"DatabaseMask '{unused.Columns}' matches no column of the dump. Correct its name, schema.table.column; dumps that name no schema have the one of DatabaseName.");
        if (missing.Count > 0)
            throw new StillframeException(
                ErrorCodes.MaskMissing,
                $"{(missing.Count == 1 ? "A column that has to have a mask has none" : $"{missing.Count} columns that have to have a mask have none")} (DatabaseMaskRequired): {string.Join(", ", missing)}. "
                + "Give each a DatabaseMask, or As=\"keep\" where its values may be seen.");
        Shorten();
    }

    TableMask Of(DumpTable table)
    {
        var definition = table.Definition ?? TableDefinition.None with { Unclear = "nothing is known of it" };
        if (definition.Unclear is { } unclear && (request.Required.Count > 0 || request.Rules.Any(rule => MayBeOf(rule, table))))
            throw MaskErrors.Invalid($"The columns of {table.FullName}, which may have masks, are not known for certain: {unclear}. Dump it again, so that one CREATE TABLE says what it is.");
        return new(table.FullName, definition.Columns, [.. definition.Columns.Select(column => Of(table, column))]);
    }

    static bool MayBeOf(MaskRule rule, DumpTable table) => NamePattern.IsOf(rule.Pattern[..rule.Pattern.LastIndexOf('.')], table.FullName);

    ColumnMask? Of(DumpTable table, TableDefinitionColumn column)
    {
        MaskRule? last = null;
        foreach (var rule in request.Rules.Where(rule => NamePattern.IsOf(rule.Pattern, table.Schema, table.Name, column.Name)))
        {
            last = rule;
            used.Add(rule);
        }

        if (last is null && !column.Generated && request.Required.Any(pattern => IsRequired(pattern, table, column)))
            missing.Add($"{table.FullName}.{column.Name}");
        if (last is null or { Kind: MaskKind.Keep })
            return null;
        if (!column.Generated)
            return new(last.Kind, ColumnForms.Of(column), last.Domain, last.Value, column.Length);
        return last.Columns.AsSpan().IndexOfAny('*', '?') >= 0
            ? null
            : throw MaskErrors.Invalid($"DatabaseMask '{last.Columns}' is a generated column, which is made anew from the others: mask those.");
    }

    static bool IsRequired(string pattern, DumpTable table, TableDefinitionColumn column) => pattern.Count(c => c == '.') switch
    {
        0 => NamePattern.IsOf(pattern, column.Name),
        1 => NamePattern.IsOf(pattern, table.Name, column.Name),
        _ => NamePattern.IsOf(pattern, table.Schema, table.Name, column.Name),
    };

    /// <summary>Gives all columns of a mask and domain the length of the shortest.</summary>
    void Shorten()
    {
        var shortest = tables.Values.SelectMany(table => table.Masks).OfType<ColumnMask>()
            .GroupBy(mask => (mask.Kind, mask.Form, mask.Domain)).ToDictionary(group => group.Key, group => group.Min(mask => mask.Length));
        foreach (var (name, table) in tables.ToList())
            tables[name] = table with { Masks = [.. table.Masks.Select(mask => mask is null ? null : mask with { Length = shortest[(mask.Kind, mask.Form, mask.Domain)] })] };
    }
}
