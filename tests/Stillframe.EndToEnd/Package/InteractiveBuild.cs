using System.Collections.Concurrent;
using System.Diagnostics;
using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Package;

/// <summary>A <c>dotnet</c> that somebody watches and may interrupt.</summary>
sealed class InteractiveBuild : IDisposable
{
    readonly Process process;
    readonly ConcurrentQueue<string> lines = new();

    Task exited = Task.CompletedTask;

    InteractiveBuild(Process process) => this.process = process;

    public string Output => string.Join('\n', lines);

    public static InteractiveBuild Start(Service service, params string[] arguments)
    {
        // a test run in a shell's background ignores SIGINT, and so would its children
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", .. arguments])
        {
            WorkingDirectory = service.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Command.Environment(service.Environment))
            start.Environment[name] = value;
        var build = new InteractiveBuild(Process.Start(start)!);
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

    /// <summary>Ctrl+C; returns when it has ended.</summary>
    public async Task InterruptAsync()
    {
        await Command.SucceedAsync("kill", ["-INT", $"{process.Id}"]);
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
