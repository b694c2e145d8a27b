using Nuke.Common;
using Nuke.Common.IO;
using static Nuke.Common.Tools.DotNet.DotNetTasks;

partial class Build
{
    [Parameter("Which benchmarks to run: read, load, frame, build; all of them, separated by '+', where it is not given")]
    readonly string Benchmarks = "read+load+frame+build";

    Target Benchmark => _ => _
        .Description("Measures against the usual recipe on the same dump, and prints ratios; those of frames are in artifacts/benchmarks/frame.json, too")
        .DependsOn(Pack)
        .Executes(async () =>
        {
            var results = (Artifacts / "benchmarks").CreateDirectory();
            await WithEngineAsync(variables =>
            {
                foreach (var benchmark in Benchmarks.Split('+'))
                {
                    var json = benchmark == "frame" ? $" --json {Quoted(results / "frame.json")}" : "";
                    DotNet(
                        $"run --project {RootDirectory / "tests" / "Stillframe.Benchmarks"} --configuration Release -- {benchmark}{json:nq}",
                        environmentVariables: variables);
                }

                return true;
            });
        });
}
