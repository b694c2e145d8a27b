using System.Text;
using Stillframe.Dumps;
using Stillframe.Loading.Bulk;

namespace Stillframe.Compiling;

/// <summary>What is done for one range: a table is made, or numbers are used up that tables had which are gone.</summary>
/// <param name="Step">Null where numbers are used up.</param>
/// <param name="Kept">The range of the previous frame; null for a new table.</param>
sealed record IdPlanStep(ScriptStep? Step, string? DefinitionHash, IdRange? Kept);

/// <summary>
/// In which order tables are made, so that those of the previous frame get their numbers again: new ones come last, and numbers of those
/// that are gone stay unused.
/// </summary>
static class IdPlan
{
    /// <summary>Of one table: 64 and the clustered one.</summary>
    const int MostIndexes = 65;

    /// <param name="previous">Empty where there is no previous frame: tables come in the dump's order.</param>
    public static IReadOnlyList<IdPlanStep> Make(DumpScript script, IReadOnlyList<IdRange> previous)
    {
        var made = script.Steps
            .Where(step => step.Statement?.Kind == StatementKind.CreateTable)
            .Select(step => new IdPlanStep(step, HashOf(step.Statement!), null))
            .ToList();
        var waiting = made.ToDictionary(action => action.Step!.Statement!.On);
        var plan = new List<IdPlanStep>();
        foreach (var range in previous)
        {
            var name = new TableName(range.Schema ?? "", range.Table ?? "");
            if (range.Table is not null && waiting.TryGetValue(name, out var action) && action.DefinitionHash == range.DefinitionHash)
            {
                waiting.Remove(name);
                plan.Add(action with { Kept = range });
            }
            else
            {
                plan.Add(new(null, null, range));
            }
        }

        plan.AddRange(made.Where(action => waiting.ContainsKey(action.Step!.Statement!.On)));
        return plan;
    }

    /// <summary>Statements that make and drop tables with as many numbers as the range has.</summary>
    public static IEnumerable<string> Reserve(IdRange range)
    {
        var indexes = range.Indexes;
        for (var table = range.Tables; table > 0; table--)
        {
            var count = Math.Clamp(indexes - (table - 1), 1, MostIndexes);
            indexes -= count;
            var keys = string.Concat(Enumerable.Range(1, count - 1).Select(_ => ", KEY (a)"));
            yield return $"CREATE TABLE {ReservedSchemas.Spare}.t (a INT{keys}) ENGINE=InnoDB";
            yield return $"DROP TABLE {ReservedSchemas.Spare}.t";
        }
    }

    /// <summary>Whether <see cref="Reserve"/> can do it.</summary>
    public static bool CanReserve(IdRange range) => range.Spaces == range.Tables && range.Indexes >= range.Tables && range.Indexes <= range.Tables * MostIndexes;

    static string HashOf(DumpStatement statement)
    {
        var text = Encoding.Latin1.GetString(CanonicalText.OfDefinition(statement.Text.Span, statement.Modes));
        return FieldHash.Of(DumpStructure.WithoutCounter(text))[..16];
    }
}
