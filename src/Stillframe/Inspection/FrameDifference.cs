using Stillframe.Dumps;

namespace Stillframe.Inspection;

/// <summary>What is different in the second of two frames, or of a frame and a dump.</summary>
/// <param name="Tables">Those that differ, in byte order of their names.</param>
/// <param name="SameTables">How many do not.</param>
/// <param name="Pull">Of the second by someone who has the first; null where it can't be told, because the second is a dump and the first no frame that it can be linked on.</param>
public sealed record FrameDifference(ComparedData From, ComparedData To, IReadOnlyList<TableDifference> Tables, int SameTables, PullSize? Pull)
{
    /// <summary>Compares two of them.</summary>
    public static FrameDifference Between(ComparedData from, ComparedData to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        var before = from.Tables.ToDictionary(table => table.FullName);
        var after = to.Tables.ToDictionary(table => table.FullName);
        var all = before.Keys.Union(after.Keys).Order();
        var differences = all.Select(name => TableDifference.Between(name, before.GetValueOrDefault(name), after.GetValueOrDefault(name))).OfType<TableDifference>().ToList();
        var same = before.Keys.Count(after.ContainsKey) - differences.Count(difference => difference is { From: not null, To: not null });
        return new(from, to, differences, same, to.Layers is { } layers ? PullSize.Of(layers, from.Layers ?? []) : PullEstimate.Of(from, to));
    }

    /// <summary>For people.</summary>
    public IEnumerable<string> Lines() => new DifferenceText(this).Lines();
}

/// <summary>A table that is not in both, or not the same in both.</summary>
/// <param name="DefinitionDiffers">Whether the schema differs, where it is in both.</param>
/// <param name="RowsDiffer">Whether the rows differ, where it is in both.</param>
/// <param name="From">Null where it is added.</param>
/// <param name="To">Null where it is removed.</param>
public sealed record TableDifference(string Schema, string Name, bool DefinitionDiffers, bool RowsDiffer, TableSize? From, TableSize? To)
{
    /// <summary><c>added</c>, <c>removed</c>, or what of it changed.</summary>
    public string Change => (From, To, DefinitionDiffers, RowsDiffer) switch
    {
        (null, _, _, _) => "added",
        (_, null, _, _) => "removed",
        (_, _, true, true) => "definition, rows",
        (_, _, true, false) => "definition",
        _ => "rows",
    };

    internal TableName FullName => new(Schema, Name);

    /// <returns>Null where there is none.</returns>
    internal static TableDifference? Between(TableName name, ComparedTable? from, ComparedTable? to)
    {
        if (from is null || to is null)
            return new(name.Schema, name.Name, false, false, from?.Size, to?.Size);
        var definition = !from.HasDefinitionOf(to);
        var rows = !from.HasRowsOf(to) || (!definition && from.Definition != to.Definition);
        return definition || rows ? new(name.Schema, name.Name, definition, rows, from.Size, to.Size) : null;
    }
}
