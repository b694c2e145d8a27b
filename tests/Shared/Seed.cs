using System.Globalization;

namespace Stillframe.TestRuns;

/// <summary>
/// Where all random data of a run comes from. <c>./build.sh Test</c> takes another number each time and prints it; with the same number in
/// the environment variable <see cref="Variable"/> a run meets the same data again.
/// </summary>
static class Seed
{
    public const string Variable = "STILLFRAME_TEST_SEED";

    public static int Value { get; } =
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : 20261121;

    /// <summary>The same numbers each time in one run.</summary>
    /// <param name="use">Keeps uses of equal length from getting equal numbers.</param>
    public static Random Random(int use = 0) => new(Value ^ use);
}
