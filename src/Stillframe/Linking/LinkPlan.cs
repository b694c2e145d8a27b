using Stillframe.Compiling;
using Stillframe.Dumps;
using Stillframe.Layers;
using Stillframe.Loading.Bulk;

namespace Stillframe.Linking;

/// <summary>A table of the frame to be.</summary>
/// <param name="Key">Of its compiled rows.</param>
/// <param name="Work">What it takes to compile it.</param>
sealed record PlannedTable(string Key, TableWork Work)
{
    public TableName Name => Work.Name;
}

/// <summary>A layer of the frame to be.</summary>
/// <param name="Tables">In byte order of their names.</param>
sealed record PlannedLayer(string Key, string Name, IReadOnlyList<PlannedTable> Tables);

/// <summary>Which tables are in which layers, and by what keys both are found: known before anything is loaded.</summary>
/// <param name="Layers">Of all tables with rows.</param>
/// <param name="WithoutRows">They stay as the schema has them, and only their statistics are gathered.</param>
sealed record LinkPlan(IReadOnlyList<PlannedLayer> Layers, IReadOnlyList<PlannedTable> WithoutRows)
{
    /// <summary>Bytes of a table's file for each byte of its rows' text; an estimate, which must be the same in every build.</summary>
    public const int FileBytes = 2;

    public IEnumerable<PlannedTable> Tables => Layers.SelectMany(layer => layer.Tables).Concat(WithoutRows);

    /// <summary>Which tables share a layer.</summary>
    /// <param name="tables">With rows: names, such as <c>shop.orders</c>, and bytes of the rows' text.</param>
    public static IEnumerable<IReadOnlyList<string>> GroupsOf(IEnumerable<(string Name, long RowBytes)> tables) =>
        TableGroups.Of(tables.Select(table => (table.Name, table.RowBytes * FileBytes)), new());

    /// <exception cref="OrderMattersException">Rows are for a table that the schema does not have.</exception>
    public static LinkPlan Make(
        string server, IReadOnlyList<string> storageOptions, CompiledSchema schema, DumpScript script, DumpSummary summary, CompileOptions compile)
    {
        var context = FieldHash.Of([.. script.Steps
            .Where(step => step.Statement?.Kind is StatementKind.CreateSchema or StatementKind.Other)
            .Select(step => System.Text.Encoding.Latin1.GetString(step.Statement!.Text.Span))]);
        var dumped = summary.Tables.ToDictionary(table => table.FullName);
        var rows = script.Tables.ToDictionary(table => table.Name);
        var tables = schema.Tables.Where(table => dumped.ContainsKey(table.Name)).ToDictionary(table => table.ToString());
        if (rows.Values.FirstOrDefault(table => !tables.ContainsKey(table.ToString())) is { } unknown)
            throw new OrderMattersException($"{unknown} gets rows before it is made, or goes by another name");
        var groups = GroupsOf(
            tables.Where(table => rows.ContainsKey(table.Value.Name))
                .Select(table => (table.Key, dumped[table.Value.Name].RowBytes)));
        var layers = groups.Select(members =>
        {
            var name = TableGroups.NameOf(members);
            var planned = members.Select(member => Planned(tables[member], members.Count == 1 ? name : null)).ToList();
            return new PlannedLayer(ObjectKey.OfLayer(compile.Layers.Compression, planned.Select(table => table.Key)), name, planned);
        }).ToList();
        return new(
            layers,
            [.. tables.Values.Where(table => !rows.ContainsKey(table.Name)).Select(table => Planned(table, null))]);

        PlannedTable Planned(SchemaTable table, string? alone)
        {
            var dump = dumped[table.Name];
            return new(
                ObjectKey.OfTable(server, storageOptions, context, table, dump, compile.Compiler), new(table, dump, rows.GetValueOrDefault(table.Name), alone));
        }
    }
}
