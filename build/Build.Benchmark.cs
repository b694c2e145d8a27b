using Nuke.Common;
using Nuke.Common.IO;
using static Nuke.Common.Tools.DotNet.DotNetTasks;

partial class Build
{
    [Parameter("Which benchmarks to run: read, frame, build; all of them, separated by '+', where it is not given")]
    readonly string Benchmarks = "read+frame+build";

    Target Benchmark => _ => _
        .Description("Measures against the usual recipe on the same dump, and prints ratios; the results are in artifacts/benchmarks")
        .DependsOn(Pack)
        .Executes(async () =>
        {
            var results = (Artifacts / "benchmarks").CreateDirectory();
            await WithEngineAsync(variables =>
            {
                foreach (var benchmark in Benchmarks.Split('+'))
                {
                    DotNet(
                        $"run --project {RootDirectory / "tests" / "Stillframe.Benchmarks"} --configuration Release -- {benchmark} --json {results / $"{benchmark}.json"}",
                        environmentVariables: variables);
                }

                return true;
            });
        });
}
