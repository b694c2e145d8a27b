using Stillframe.Benchmarks.Recipes;
using Stillframe.Benchmarks.Results;

namespace Stillframe.Benchmarks.Rows;

sealed class CleanBuildAgainstMyloader : IRow
{
    static readonly Line Clean = new("clean build, 4 tables, layers by gzip", "myloader, 2 threads, tuned server, tar and pigz -1", "s", new Target.TimesLess(3));

    public string Name => "myloader";

    public IReadOnlyList<Line> Lines => [Clean];

    public IReadOnlyList<string> Needs => [Programs.Server, Programs.Install, Programs.Client, "mydumper", "myloader", "pigz"];

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var four = await bench.FourTablesAsync();
        var ours = await bench.Builds.CleanAsync(four.Path, bench.Sizes.Rounds, cancellationToken);
        Directory.Delete(ours.Frame.LayoutDirectory, recursive: true);
        var dump = bench.PathOf("mydumper");
        await TunedRecipe.DumpAsync((await bench.UsualAsync()).Data, dump, cancellationToken);
        var theirs = await TunedRecipe.RunAsync(dump, bench.PathOf("tuned"), cancellationToken);
        Directory.Delete(dump, recursive: true);
        return [Clean.Measured(ours.Seconds, theirs.Seconds, $"theirs is {theirs}")];
    }
}
