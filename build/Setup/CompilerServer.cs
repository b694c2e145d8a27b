using Nuke.Common;
using Stillframe.Processes;

/// <summary>
/// One compiler for all projects that this build compiles, which ends with it; tests that build something take it, too. Where there is none, each project starts its own,
/// which takes longer than most of them take to compile; the SDK's own would outlive the build.
/// </summary>
static class CompilerServer
{
    static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Longer than any build: who misses it starts another one.</summary>
    static readonly TimeSpan Idle = TimeSpan.FromHours(2);

    static bool asked;
    static SupervisedProcess? process;

    /// <summary>Starts it, unless it was, and tells programs that are started from now on.</summary>
    public static async Task StartAsync()
    {
        if (asked || OperatingSystem.IsWindows())
            return;
        asked = true;
        var version = (await ChildProcess.RunAsync("dotnet", ["--version"], new() { WorkingDirectory = NukeBuild.RootDirectory })).Output.Trim();
        // such as: 10.0.100 [/usr/share/dotnet/sdk]
        var all = (await ChildProcess.RunAsync("dotnet", ["--list-sdks"], new() { WorkingDirectory = NukeBuild.RootDirectory })).Output.Split('\n');
        if (all.FirstOrDefault(line => line.StartsWith(version + " [", StringComparison.Ordinal)) is not { } sdk)
            return;
        var program = Path.Combine(sdk.Trim()[(version.Length + 2)..^1], version, "Roslyn", "bincore", "VBCSCompiler.dll");
        if (!File.Exists(program))
            return;
        var id = $"stillframe-build-{Environment.ProcessId}";
        var pipe = Path.Combine("/tmp", id); // wherever other temporary files are
        process = SupervisedProcess.Start(["dotnet", "exec", program, $"-pipename:{id}", $"-timeout:{Idle.TotalSeconds}"]);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => File.Delete(pipe);
        for (var clock = System.Diagnostics.Stopwatch.StartNew(); !File.Exists(pipe) && !process.Exited.IsCompleted && clock.Elapsed < Limit;)
            await Task.Delay(20);
        if (!File.Exists(pipe))
            return;
        Environment.SetEnvironmentVariable("UseSharedCompilation", "true");
        Environment.SetEnvironmentVariable("SharedCompilationId", id);
    }
}
