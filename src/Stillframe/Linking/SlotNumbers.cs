using Stillframe.Normalizing;

namespace Stillframe.Linking;

/// <summary>The tables of a frame can't have the numbers that they had in the previous one.</summary>
/// <param name="reason">The middle of a sentence.</param>
sealed class NumbersDifferException(string reason) : Exception(reason);

/// <summary>Reads which numbers InnoDB gave, and checks them against those that tables had before.</summary>
static class SlotNumbers
{
    /// <param name="plan">In the order in which tables were made.</param>
    /// <param name="next">What the next table would get.</param>
    /// <exception cref="NumbersDifferException">A table has other numbers than in its slot.</exception>
    public static IReadOnlyList<LinkSlot> Read(IReadOnlyList<SlotAction> plan, IReadOnlyList<SchemaTable> tables, TableNumbers next)
    {
        var byName = tables.ToDictionary(table => (table.Schema, table.Name));
        var (table, space, index) = (next.Table, next.Space, next.Indexes[0]);
        var slots = new LinkSlot[plan.Count];
        for (var i = plan.Count - 1; i >= 0; i--)
        {
            var (step, shape, kept) = plan[i];
            var own = step is null ? [] : byName[(step.Statement!.Schema!, step.Statement.Table!)].Numbers;
            var isNumbered = own.Count > 0;
            LinkSlot slot;
            if (step is null)
            {
                slot = kept! with { Schema = null, Table = null, Shape = null };
                Require(slot.FirstTable + (ulong)slot.Tables == table && slot.FirstSpace + (uint)slot.Spaces == space && slot.FirstIndex + (ulong)slot.Indexes == index, "numbers that are gone were not used up");
            }
            else
            {
                var (firstTable, firstSpace, firstIndex) = isNumbered
                    ? (own.Min(numbers => numbers.Table), own.Min(numbers => numbers.Space), own.Min(numbers => numbers.Indexes[0]))
                    : (table, space, index);
                slot = new(
                    step.Statement!.Schema, step.Statement.Table, shape, firstTable, (int)(table - firstTable), firstSpace, (int)(space - firstSpace), firstIndex, (int)(index - firstIndex));
                Require(kept is null || kept == slot, $"{step.Statement.Schema}.{step.Statement.Table} gets other numbers");
            }

            slots[i] = slot;
            (table, space, index) = (slot.FirstTable, slot.FirstSpace, slot.FirstIndex);
        }

        return slots;
    }

    static void Require(bool condition, string reason)
    {
        if (!condition)
            throw new NumbersDifferException(reason);
    }
}
