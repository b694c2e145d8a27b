using Nuke.Common;
using Nuke.Common.IO;
using static Nuke.Common.Tools.DotNet.DotNetTasks;

partial class Build
{
    [Parameter("Which benchmarks to run, separated by '+': of the table clean, myloader, rebuild, registry, unchanged, start, written, pages, sysbench, reads, analysis, memory, peak, indexes, dump, dumped, mysql; besides read, load, build. All of them where it is not given")]
    readonly string Benchmarks = "clean+myloader+rebuild+registry+unchanged+start+written+pages+sysbench+reads+analysis+memory+peak+indexes+dump+dumped+mysql+read+load+build";

    [Parameter("Sizes of what is measured, such as 'dump=30,twenty=60,small=30,big=90,rows=10000,seconds=2,containers=3' for a quick try; targets are for the defaults")]
    readonly string BenchmarkSizes = "";

    Target Benchmark => _ => _
        .Description("Measures against the usual recipe on the same dump, and prints ratios beside their targets; the table is in artifacts/benchmarks, as Markdown, JSON and SVG")
        .DependsOn(Pack)
        .Executes(async () =>
        {
            await AptPackages.InstallMissingAsync(("mariadb-install-db", "mariadb-server"), ("sysbench", "sysbench"), ("mydumper", "mydumper"), ("pigz", "pigz"));
            var results = (Artifacts / "benchmarks").CreateDirectory();
            var sizes = BenchmarkSizes.Length == 0 ? "" : $" --sizes {BenchmarkSizes}";
            await WithEngineAsync(variables =>
            {
                DotNet(
                    $"run --project {RootDirectory / "tests" / "Stillframe.Benchmarks"} --configuration Release -- {Benchmarks} --output {results}{sizes:nq}",
                    environmentVariables: variables);
                return Task.FromResult(true);
            });
        });
}
