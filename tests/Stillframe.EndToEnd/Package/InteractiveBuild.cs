using System.Collections.Concurrent;
using System.Diagnostics;
using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Package;

/// <summary>A <c>dotnet</c> that somebody watches and may interrupt.</summary>
sealed class InteractiveBuild : IDisposable
{
    readonly Process process;
    readonly ConcurrentQueue<string> lines = new();

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
        return build;
    }

    /// <summary>Waits until it has said that.</summary>
    public async Task SaysAsync(string text)
    {
        var clock = Stopwatch.StartNew();
        while (!lines.Any(line => line.Contains(text, StringComparison.Ordinal)))
        {
            Assert.False(process.HasExited, $"It ended without saying '{text}':\n{Output}");
            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(5), $"It does not say '{text}':\n{Output}");
            await Task.Delay(20);
        }
    }

    /// <summary>Ctrl+C; gives the time until it has ended.</summary>
    public async Task<TimeSpan> InterruptAsync()
    {
        var clock = Stopwatch.StartNew();
        await Command.SucceedAsync("kill", ["-INT", $"{process.Id}"]);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await process.WaitForExitAsync(limit.Token);
        return clock.Elapsed;
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
