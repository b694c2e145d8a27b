namespace Stillframe.EndToEnd.Oracle.Generator;

/// <summary>Makes dumps of a seed.</summary>
static class DumpGenerator
{
    /// <summary>Dumps of one frame are of one sort.</summary>
    public const int PerFrame = 40;

    public static GeneratedDump Generate(long seed, int index)
    {
        var dice = Dice.Of(seed, index);
        var prefix = $"o{index}_";
        // a frame of tables that can be loaded one by one, one of dumps whose order counts, and one of both
        var sort = index / PerFrame % 3;
        var ordered = sort == 1 || (sort == 2 && dice.Chance(50));
        var script = new Script(dice, prefix, crlf: dice.Chance(12));
        var isTool = dice.Chance(45);
        return isTool
            ? ToolDumps.Generate(script, index, ordered)
            : HandDumps.Generate(script, index, ordered);
    }
}
