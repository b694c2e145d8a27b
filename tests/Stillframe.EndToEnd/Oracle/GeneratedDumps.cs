using Stillframe.EndToEnd.Infrastructure;
using Xunit.Abstractions;

namespace Stillframe.EndToEnd.Oracle;

public class GeneratedDumps(ITestOutputHelper output)
{
    [NeedsFact(Need.LocalServer)]
    public async Task Give_frames_that_hold_what_the_servers_own_client_would_load()
    {
        var run = new OracleRun(OracleRun.Seed, 0, 150, workers: 2, output.WriteLine) { ShrinkingSteps = 20, MostFailures = 5 };
        await run.RunAsync();
        Assert.True(run.Failures.Count == 0, $"seed {OracleRun.Seed} (give it as STILLFRAME_SEED), dumps kept in {OracleRun.Results}:\n{string.Join("\n\n", run.Failures.Select(failure => $"index {failure.Dump.Index}: {failure.Kind}\n{failure.Detail}\n{(failure.Shrunk ?? failure.Dump).Text}"))}");
    }
}
