using Stillframe.Normalizing;

namespace Stillframe.Compiling;

/// <summary>The tables of a frame can't have the numbers that they had in the previous one.</summary>
/// <param name="reason">The middle of a sentence.</param>
sealed class NumbersDifferException(string reason) : Exception(reason);

/// <summary>Reads which numbers InnoDB gave, and checks them against those that tables had before.</summary>
static class AssignedIds
{
    /// <param name="plan">In the order in which tables were made.</param>
    /// <param name="next">What the next table would get.</param>
    /// <exception cref="NumbersDifferException">A table has other numbers than in its range.</exception>
    public static IReadOnlyList<IdRange> Read(IReadOnlyList<IdPlanStep> plan, IReadOnlyList<SchemaTable> tables, TableNumbers next)
    {
        var byName = tables.ToDictionary(table => table.Name);
        var (table, space, index) = (next.Table, next.Space, next.Indexes[0]);
        var ranges = new IdRange[plan.Count];
        for (var i = plan.Count - 1; i >= 0; i--)
        {
            var (step, definition, kept) = plan[i];
            var own = step is null ? [] : byName[step.Statement!.On].Numbers;
            var isNumbered = own.Count > 0;
            IdRange range;
            if (step is null)
            {
                range = kept! with { Schema = null, Table = null, DefinitionHash = null };
                Require(range.FirstTable + (ulong)range.Tables == table && range.FirstSpace + (uint)range.Spaces == space && range.FirstIndex + (ulong)range.Indexes == index, "numbers that are gone were not used up");
            }
            else
            {
                var (firstTable, firstSpace, firstIndex) = isNumbered
                    ? (own.Min(numbers => numbers.Table), own.Min(numbers => numbers.Space), own.Min(numbers => numbers.Indexes[0]))
                    : (table, space, index);
                range = new()
                {
                    Schema = step.Statement!.Schema,
                    Table = step.Statement.Table,
                    DefinitionHash = definition,
                    FirstTable = firstTable,
                    Tables = (int)(table - firstTable),
                    FirstSpace = firstSpace,
                    Spaces = (int)(space - firstSpace),
                    FirstIndex = firstIndex,
                    Indexes = (int)(index - firstIndex),
                };
                Require(kept is null || kept == range, $"{step.Statement.On} gets other numbers");
            }

            ranges[i] = range;
            (table, space, index) = (range.FirstTable, range.FirstSpace, range.FirstIndex);
        }

        return ranges;
    }

    static void Require(bool condition, string reason)
    {
        if (!condition)
            throw new NumbersDifferException(reason);
    }
}
