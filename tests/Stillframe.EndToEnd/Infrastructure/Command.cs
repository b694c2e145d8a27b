using Stillframe.Processes;

namespace Stillframe.EndToEnd.Infrastructure;

/// <summary>Runs programs as a person at a shell would: nothing of the test run's own MSBuild leaks into them.</summary>
public static class Command
{
    /// <summary>Runs a program to its end, whatever its exit code.</summary>
    /// <param name="timeout">After which it is killed, children included; 10 minutes where null.</param>
    public static async Task<ProcessResult> RunAsync(
        string program,
        IEnumerable<string> arguments,
        string? workingDirectory = null,
        IReadOnlyDictionary<string, string?>? environment = null,
        TimeSpan? timeout = null)
    {
        using var limit = new CancellationTokenSource(timeout ?? TimeSpan.FromMinutes(10));
        return await ChildProcess.RunAsync(
            program, arguments, new() { Environment = Environment(environment), WorkingDirectory = workingDirectory }, limit.Token);
    }

    /// <summary>Runs a program that must succeed; what it said is in the failure otherwise.</summary>
    public static async Task<string> SucceedAsync(
        string program,
        IEnumerable<string> arguments,
        string? workingDirectory = null,
        IReadOnlyDictionary<string, string?>? environment = null)
    {
        var line = arguments.ToArray();
        var result = await RunAsync(program, line, workingDirectory, environment);
        Assert.True(result.ExitCode == 0, $"{program} {string.Join(' ', line)}: exit code {result.ExitCode}\n{result.AllOutput}");
        return result.Output;
    }

    /// <summary>The environment of a program started by a test: this process's own, without what <c>dotnet test</c> put there.</summary>
    public static Dictionary<string, string?> Environment(IReadOnlyDictionary<string, string?>? added = null)
    {
        var environment = new Dictionary<string, string?>
        {
            ["MSBuildSDKsPath"] = null,
            ["MSBuildExtensionsPath"] = null,
            ["MSBuildLoadMicrosoftTargetsReadOnly"] = null,
            ["MSBUILD_EXE_PATH"] = null,
            ["DOTNET_HOST_PATH"] = null,
            ["VSTEST_CONNECTION_TIMEOUT"] = null,
            ["MSBUILDDISABLENODEREUSE"] = "1", // no process may outlive the test
            ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
            ["DOTNET_NOLOGO"] = "1",
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["DOTNET_CLI_UI_LANGUAGE"] = "en",
        };
        foreach (var (name, value) in added ?? new Dictionary<string, string?>())
            environment[name] = value;
        CompilerForTests.Tell(environment);
        return environment;
    }
}
