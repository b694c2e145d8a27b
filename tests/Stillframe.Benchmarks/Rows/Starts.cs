using System.Diagnostics;
using Stillframe.Benchmarks.Results;
using Stillframe.Benchmarks.Servers;

namespace Stillframe.Benchmarks.Rows;

/// <summary>Starts of a frame and of a default server on the same data in its image.</summary>
/// <param name="Empty">Milliseconds of <c>docker run</c> for a container that does nothing: a part of all starts that no server can make shorter.</param>
/// <param name="Gigabytes">Of the tables that both have.</param>
sealed record Starts(Start Ours, Start Theirs, double Empty, double Gigabytes)
{
    /// <summary>Those of the small and of the big frame, in turn; both rows that ask get the same ones.</summary>
    public static Task<(Starts Small, Starts Big)> OfAsync(Bench bench, CancellationToken cancellationToken) =>
        bench.OnceAsync("starts", () => MeasureAsync(bench, cancellationToken));

    static async Task<(Starts Small, Starts Big)> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        await using var small = await StartPair.CreateAsync(bench, bench.Sizes.Small, cancellationToken);
        await using var big = await StartPair.CreateAsync(bench, bench.Sizes.Big, cancellationToken);
        StartPair[] pairs = [small, big];
        var (ours, theirs) = (pairs.Select(_ => new List<Start>()).ToList(), pairs.Select(_ => new List<Start>()).ToList());
        var empty = new List<double>();
        for (var round = 0; round < bench.Sizes.Rounds + 2; round++)
        {
            for (var i = 0; i < pairs.Length; i++)
            {
                ours[i].Add(await pairs[i].StartOursAsync(cancellationToken));
                theirs[i].Add(await pairs[i].StartTheirsAsync(cancellationToken));
            }

            var clock = Stopwatch.StartNew();
            await using var idle = await ServerContainer.StartAsync([], DefaultServer.Image, ["sleep", "60"], cancellationToken);
            empty.Add(clock.Elapsed.TotalMilliseconds);
        }

        Starts Of(int i) => new(Start.Median(ours[i]), Start.Median(theirs[i]), Quantity.Median(empty), pairs[i].Gigabytes);
        return (Of(0), Of(1));
    }
}
