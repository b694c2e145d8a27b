using System.Collections.Concurrent;
using System.Diagnostics;
using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Package;

/// <summary>A program that somebody watches and may interrupt.</summary>
sealed class InteractiveProgram : IDisposable
{
    readonly Process process;
    readonly ConcurrentQueue<string> lines = new();

    Task exited = Task.CompletedTask;

    InteractiveProgram(Process process) => this.process = process;

    public string Output => string.Join('\n', lines);

    public int Id => process.Id;

    public int ExitCode => process.ExitCode;

    public static InteractiveProgram Start(Service service, params string[] arguments) => Start("dotnet", arguments, service.Path, service.Environment);

    public static InteractiveProgram Start(string program, IReadOnlyList<string> arguments, string workingDirectory, IReadOnlyDictionary<string, string?> environment)
    {
        // a test run in a shell's background ignores SIGINT, and so would its children
        var start = new ProcessStartInfo("env", ["--default-signal=INT", program, .. arguments])
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Command.Environment(environment))
            start.Environment[name] = value;
        var build = new InteractiveProgram(Process.Start(start)!);
        build.process.OutputDataReceived += build.Keep;
        build.process.ErrorDataReceived += build.Keep;
        build.process.BeginOutputReadLine();
        build.process.BeginErrorReadLine();
        build.exited = build.process.WaitForExitAsync();
        return build;
    }

    /// <summary>Waits until it has said that.</summary>
    public async Task SaysAsync(string text)
    {
        var said = false;
        await Eventually.IsTrueAsync(
            () =>
            {
                var ended = exited.IsCompleted; // and what it said before is here
                said = lines.Any(line => line.Contains(text, StringComparison.Ordinal));
                return said || ended;
            },
            () => $"It does not say '{text}':\n{Output}");
        Assert.True(said, $"It ended without saying '{text}':\n{Output}");
    }

    /// <summary>Ctrl+C, or another signal; returns when it has ended.</summary>
    public async Task InterruptAsync(string signal = "INT")
    {
        await Command.SucceedAsync("kill", [$"-{signal}", $"{process.Id}"]);
        await exited.WaitAsync(Eventually.Limit);
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    void Keep(object sender, DataReceivedEventArgs e)
    {
        if (e.Data is { } line)
            lines.Enqueue(line);
    }
}
