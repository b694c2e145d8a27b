using Stillframe.Processes;

/// <summary>
/// One C# compiler for all projects that this program has compiled, which ends with it. Where there is none, each project starts its own, which takes longer than most of them take to compile;
/// the SDK's own would outlive this program. The end-to-end tests have this file, too.
/// </summary>
static class CompilerServer
{
    /// <summary>Of the SDK's compiler tasks: whether they ask a server, and which.</summary>
    public const string Variable = "UseSharedCompilation", IdVariable = "SharedCompilationId";

    static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Longer than any run: who misses it starts another one.</summary>
    static readonly TimeSpan Idle = TimeSpan.FromHours(2);

    static SupervisedProcess? process;

    /// <summary>To be called once.</summary>
    /// <param name="name">Of this program.</param>
    /// <param name="directory">Whose builds tell which SDK it is.</param>
    /// <returns>What <see cref="IdVariable"/> has to be; null where it is not available.</returns>
    public static async Task<string?> StartAsync(string name, string directory)
    {
        if (OperatingSystem.IsWindows() || await SdkAsync(directory) is not { } sdk)
            return null;
        var program = Path.Combine(sdk, "Roslyn", "bincore", "VBCSCompiler.dll");
        if (!File.Exists(program))
            return null;
        var id = $"{name}-{Environment.ProcessId}";
        var pipe = Path.Combine("/tmp", id); // wherever other temporary files are
        process = SupervisedProcess.Start(["dotnet", "exec", program, $"-pipename:{id}", $"-timeout:{Idle.TotalSeconds}"]);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => File.Delete(pipe);
        for (var clock = System.Diagnostics.Stopwatch.StartNew(); !File.Exists(pipe) && !process.Exited.IsCompleted && clock.Elapsed < Limit;)
            await Task.Delay(20);
        return File.Exists(pipe) && !process.Exited.IsCompleted ? id : null;
    }

    static async Task<string?> SdkAsync(string directory)
    {
        var version = (await AskAsync("--version")).Trim();
        // such as: 10.0.100 [/usr/share/dotnet/sdk]
        var line = (await AskAsync("--list-sdks")).Split('\n').FirstOrDefault(line => line.StartsWith(version + " [", StringComparison.Ordinal));
        return line is null ? null : Path.Combine(line.Trim()[(version.Length + 2)..^1], version);

        async Task<string> AskAsync(string option) => (await ChildProcess.RunAsync("dotnet", [option], new() { WorkingDirectory = directory })).Output;
    }
}
