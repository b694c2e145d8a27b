using System.Diagnostics;
using System.Globalization;
using Stillframe.Registries;

/// <summary>A program that runs beside the build and writes to its console; disposal asks it to end, as Ctrl+C does, and kills it after a while.</summary>
/// <remarks>By <c>kill</c>, as .NET 10 sends no signal but the one that nobody can answer.</remarks>
sealed class BackgroundProgram : IAsyncDisposable
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    readonly Process process;

    BackgroundProgram(Process process) => (this.process, Exited) = (process, process.WaitForExitAsync());

    public Task Exited { get; }

    /// <summary>When it has exited.</summary>
    public int ExitCode => process.ExitCode;

    public static BackgroundProgram Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments);
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;
        Console.WriteLine($"> {program} {string.Join(' ', start.ArgumentList)}");
        return new(Process.Start(start)!);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited && !OperatingSystem.IsWindows())
        {
            Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]).Dispose();
            await Task.WhenAny(Exited, Task.Delay(Limit));
        }

        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await Exited;
        process.Dispose();
    }
}
