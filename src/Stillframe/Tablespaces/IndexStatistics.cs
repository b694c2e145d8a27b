namespace Stillframe.Tablespaces;

/// <summary>What <c>ANALYZE TABLE</c> finds in an index when it reads all of it.</summary>
/// <param name="Fields">Names of the columns that it counts values of.</param>
/// <param name="Distinct">Different values of its first field, of its first two, and so on.</param>
/// <param name="LeafPages">Pages with its rows.</param>
/// <param name="Pages">That belong to it, used or not.</param>
sealed record IndexStatistics(string Index, IReadOnlyList<string> Fields, IReadOnlyList<long> Distinct, long LeafPages, long Pages);
