using Stillframe.EndToEnd.Oracle.Generator;

namespace Stillframe.EndToEnd.Oracle.Comparison;

/// <summary>Leaves out pieces of a dump as long as what is wrong with it stays wrong (Zeller's "delta debugging", cut short).</summary>
static class Shrinker
{
    /// <param name="steps">Trials at most.</param>
    public static async Task<GeneratedDump> ShrinkAsync(Outcome outcome, Func<GeneratedDump, Task<Outcome>> run, int steps)
    {
        var dump = outcome.Dump;
        for (var size = dump.Pieces / 2; size >= 1 && steps > 0; size /= 2)
            for (var start = dump.Pieces - size; start > -size && steps > 0; start -= size)
            {
                var smaller = dump.Without(Enumerable.Range(Math.Max(start, 0), size + Math.Min(start, 0)).ToHashSet());
                if (smaller.Pieces == 0)
                    continue;
                steps--;
                if ((await run(smaller)).Matter == outcome.Matter)
                    dump = smaller;
            }

        return dump;
    }
}
