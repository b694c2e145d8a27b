using System.Text;
using System.Text.RegularExpressions;
using Stillframe.Dumps;
using Stillframe.Loading.Bulk;

namespace Stillframe.Linking;

/// <summary>What is done for one slot: a table is made, or numbers are used up that tables had which are gone.</summary>
/// <param name="Step">Null where numbers are used up.</param>
/// <param name="Kept">The slot of the previous frame; null for a new table.</param>
sealed record SlotAction(ScriptStep? Step, string? Shape, LinkSlot? Kept);

/// <summary>
/// In which order tables are made, so that those of the previous frame get their numbers again: new ones come last, and numbers of those
/// that are gone stay unused.
/// </summary>
static partial class SlotPlan
{
    /// <summary>Of one table: 64 and the clustered one.</summary>
    const int MostIndexes = 65;

    /// <param name="previous">Empty where there is no previous frame: tables come in the dump's order.</param>
    public static IReadOnlyList<SlotAction> Make(DumpScript script, IReadOnlyList<LinkSlot> previous)
    {
        var made = script.Steps
            .Where(step => step.Statement?.Kind == StatementKind.CreateTable)
            .Select(step => new SlotAction(step, ShapeOf(step.Statement!), null))
            .ToList();
        var waiting = made.ToDictionary(action => (action.Step!.Statement!.Schema, action.Step.Statement.Table));
        var plan = new List<SlotAction>();
        foreach (var slot in previous)
        {
            var key = (slot.Schema, slot.Table);
            if (slot.Table is not null && waiting.TryGetValue(key, out var action) && action.Shape == slot.Shape)
            {
                waiting.Remove(key);
                plan.Add(action with { Kept = slot });
            }
            else
            {
                plan.Add(new(null, null, slot));
            }
        }

        plan.AddRange(made.Where(action => waiting.ContainsKey((action.Step!.Statement!.Schema, action.Step.Statement.Table))));
        return plan;
    }

    /// <summary>Statements that make and drop tables with as many numbers as the slot has.</summary>
    public static IEnumerable<string> Burn(LinkSlot slot)
    {
        var indexes = slot.Indexes;
        for (var table = slot.Tables; table > 0; table--)
        {
            var count = Math.Clamp(indexes - (table - 1), 1, MostIndexes);
            indexes -= count;
            var keys = string.Concat(Enumerable.Range(1, count - 1).Select(_ => ", KEY (a)"));
            yield return $"CREATE TABLE stillframe_burnt.t (a INT{keys}) ENGINE=InnoDB";
            yield return "DROP TABLE stillframe_burnt.t";
        }
    }

    /// <summary>Whether <see cref="Burn"/> can do it.</summary>
    public static bool CanBurn(LinkSlot slot) => slot.Spaces == slot.Tables && slot.Indexes >= slot.Tables && slot.Indexes <= slot.Tables * MostIndexes;

    static string ShapeOf(DumpStatement statement)
    {
        var text = Encoding.Latin1.GetString(CanonicalText.OfDefinition(statement.Text.Span, statement.Modes));
        return FieldHash.Of(AutoIncrement().Replace(text, ""))[..16];
    }

    [GeneratedRegex(@"\bAUTO_INCREMENT ?=? ?\d+\b", RegexOptions.IgnoreCase)]
    private static partial Regex AutoIncrement();
}
