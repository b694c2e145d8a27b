namespace Stillframe.TestRuns;

/// <summary>
/// Tests that try something many times try it a few times in each run, and often in <c>./build.sh Soak</c>, which sets the environment variable <see cref="Variable"/>.
/// They have the trait <c>Category=Soak</c>; those with <c>Category=SoakOnly</c> are run there alone, because others say nearly the same. Tests of which one says in another way what the other says take
/// turns: <c>Turn=even</c> and <c>Turn=odd</c>, by the seed of <c>./build.sh Test</c>; a soak runs both.
/// </summary>
static class Soaking
{
    public const string Variable = "STILLFRAME_TEST_SOAK", Category = "Category", Soak = "Soak", Only = "SoakOnly", Turn = "Turn", Even = "even", Odd = "odd";

    public static bool IsOn { get; } = Environment.GetEnvironmentVariable(Variable) == "1";

    /// <summary>One of so many in each run, by its seed, and so each in some run; all in a soak.</summary>
    public static bool IsOfThisRun(int index, int ofSoMany) => IsOn || (index + Seed.Value % ofSoMany) % ofSoMany == 0;

    /// <summary>Those for which <see cref="IsOfThisRun"/> is true.</summary>
    public static IEnumerable<T> OfThisRun<T>(IReadOnlyList<T> all, int ofSoMany) => all.Where((_, i) => IsOfThisRun(i, ofSoMany));

    public static int Times(int usually, int soaking) => IsOn ? soaking : usually;
}
