using Stillframe.Benchmarks.Results;

namespace Stillframe.Benchmarks;

/// <summary>Measures one row of the table; the row may have several lines.</summary>
interface IRow
{
    /// <summary>What the command line calls it.</summary>
    string Name { get; }

    IReadOnlyList<Line> Lines { get; }

    /// <summary>Programs it can't do without; see <see cref="Programs"/>.</summary>
    IReadOnlyList<string> Needs { get; }

    /// <returns>A measurement for each of <see cref="Lines"/>.</returns>
    Task<IReadOnlyList<Measurement>> MeasureAsync(Bench bench, CancellationToken cancellationToken);
}
