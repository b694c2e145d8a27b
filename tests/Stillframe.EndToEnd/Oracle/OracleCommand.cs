using Stillframe.EndToEnd.Oracle.Comparison;
using Stillframe.EndToEnd.Oracle.Generator;

namespace Stillframe.EndToEnd.Oracle;

/// <summary>The oracle without a test runner: <c>check FILE…</c> compares dumps of one's own, each by itself; <c>run</c> the generated ones.</summary>
static class OracleCommand
{
    public const string Name = "oracle";

    public static async Task<int> RunAsync(string[] arguments) => arguments[0] switch
    {
        "check" => await CheckAsync(arguments[1..]),
        _ => throw new ArgumentException($"'{arguments[0]}' is neither 'check' nor 'run'."),
    };

    static async Task<int> CheckAsync(string[] files)
    {
        using var work = TemporaryDirectory.Create(WorkDirectory.Path);
        await using var client = await ClientLoads.StartAsync(work.Path);
        using var frames = new FrameLoads(work.Path);
        var trial = new Trial(client, frames, Path.Combine(work.Path, "dumps")) { RefusedByClientTried = 1, ShrinkingSteps = 0 };
        var failures = 0;
        foreach (var file in files)
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var dump = new GeneratedDump(0, "given", "", [new(Path.GetFileName(file), null, [await File.ReadAllBytesAsync(file)])]);
            var outcome = await trial.RunOneAsync(dump);
            failures += outcome.IsFailure ? 1 : 0;
            Console.WriteLine($"{name}: {outcome.Kind}{(frames.AsAWhole ? " (as a whole)" : "")} {outcome.Detail}");
        }

        return failures == 0 ? 0 : 1;
    }
}
