using Stillframe.Processes;
using Stillframe.Registries;

namespace Stillframe.EndToEnd.Infrastructure;

/// <summary>
/// The compiler server of the build that runs these tests, or one of this test run's own, which ends with it: without one, each of some two hundred builds starts the C# compiler anew, which takes half of a small build.
/// A <c>dotnet</c> that finds none would start one that outlives the test.
/// </summary>
static class CompilerForTests
{
    /// <summary>Of the SDK's compiler tasks: which server they ask.</summary>
    const string IdVariable = "SharedCompilationId", Variable = "UseSharedCompilation";

    static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Longer than any run: who misses it starts another one.</summary>
    static readonly TimeSpan Idle = TimeSpan.FromHours(2);

    static readonly Lazy<string?> Server = new(Start);

    static SupervisedProcess? process;

    /// <summary>Tells a <c>dotnet</c> of it, unless it looks for its pipes elsewhere or is somebody else's.</summary>
    public static void Tell(Dictionary<string, string?> environment)
    {
        var id = environment.ContainsKey("TMPDIR") || environment.ContainsKey("HOME") ? null : Server.Value;
        environment[Variable] = id is null ? "false" : "true";
        environment[IdVariable] = id;
    }

    /// <summary>Directory of the SDK that the repository's builds take.</summary>
    static string? Sdk()
    {
        var version = Ask("--version").Trim();
        // such as: 10.0.100 [/usr/share/dotnet/sdk]
        var line = Ask("--list-sdks").Split('\n').FirstOrDefault(line => line.StartsWith(version + " [", StringComparison.Ordinal));
        return line is null ? null : Path.Combine(line.Trim()[(version.Length + 2)..^1], version);

        static string Ask(string option) => ChildProcess.RunAsync("dotnet", [option], new() { WorkingDirectory = Repository.PathOf(".") }).GetAwaiter().GetResult().Output;
    }

    /// <returns>Its name; null where it is not available.</returns>
    static string? Start()
    {
        if (Environment.GetEnvironmentVariable(IdVariable) is { Length: > 0 } ofBuild)
            return ofBuild;
        if (Sdk() is not { } sdk || Path.Combine(sdk, "Roslyn", "bincore", "VBCSCompiler.dll") is var program && !File.Exists(program))
            return null;
        var id = $"stillframe-tests-{Environment.ProcessId}";
        var pipe = $"/tmp/{id}"; // wherever other temporary files are
        process = SupervisedProcess.Start(["dotnet", "exec", program, $"-pipename:{id}", $"-timeout:{Idle.TotalSeconds}"]);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => File.Delete(pipe);
        return SpinWait.SpinUntil(() => File.Exists(pipe) || process.Exited.IsCompleted, Limit) && !process.Exited.IsCompleted ? id : null;
    }
}
