using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Processes;
using Stillframe.Rollouts;
using Xunit.Abstractions;

namespace Stillframe.EndToEnd.Rollouts;

/// <summary>The tool's commands on what <see cref="ThreeReleases"/> published, with a deploy directory of its own.</summary>
/// <param name="environment">Null for this run's own engine.</param>
sealed class RollingOut(string directory, OrchestratorKind to, IReadOnlyDictionary<string, string?>? environment, ITestOutputHelper output)
{
    /// <summary>Of the stack or the project.</summary>
    public required string Name { get; init; }

    string Deploy => Path.Combine(directory, "deploy");

    public async Task<ThreeReleases> StartAsync()
    {
        var releases = await ThreeReleases.GetAsync();
        releases.CopyTo(Deploy);
        return releases;
    }

    public async Task<string> ToAsync(ImagePair pair, bool fails = false)
    {
        await File.WriteAllTextAsync(Path.Combine(Deploy, "images.env"), pair.ToText());
        return await RunAsync("rollout", fails);
    }

    /// <summary>With another <c>stack.yaml</c>.</summary>
    public async Task<string> WithAnotherStackAsync(Func<string, string> change, Func<Task<string>> run)
    {
        var file = Path.Combine(Deploy, "stack.yaml");
        var text = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, change(text));
        var said = await run();
        await File.WriteAllTextAsync(file, text);
        return said;
    }

    /// <summary>What is to succeed is tried again once, as anybody would: the node may be busy with what others do.</summary>
    public async Task<string> RunAsync(string command, bool fails = false)
    {
        var run = await TryAsync(command);
        if (run.ExitCode != 0 && !fails)
            run = await TryAsync(command);
        Assert.True(run.ExitCode == 0 != fails, run.AllOutput);
        return run.AllOutput;
    }

    async Task<ProcessResult> TryAsync(string command)
    {
        string[] line = [Path.Combine(AppContext.BaseDirectory, "Stillframe.Tool.dll"), command, Deploy, "--to", to.ToString().ToLowerInvariant(), "--name", Name, "--limit", "240"];
        var run = await Command.RunAsync("dotnet", line, environment: environment);
        output.WriteLine(run.AllOutput);
        return run;
    }
}
