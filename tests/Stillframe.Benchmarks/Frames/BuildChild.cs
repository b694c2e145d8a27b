using System.Globalization;
using Stillframe.Processes;

namespace Stillframe.Benchmarks.Frames;

/// <summary>A build in a process of its own, which says at its end how much memory it had at most.</summary>
static class BuildChild
{
    public const string Command = "build-frame";

    /// <returns>Megabytes of resident memory at most (<c>VmHWM</c>), of the build alone: the server is another process.</returns>
    public static async Task<double> PeakAsync(BenchDump dump, string workDirectory, string cacheDirectory, CancellationToken cancellationToken)
    {
        var child = await ChildProcess.RunAsync(
            "dotnet", [typeof(BuildChild).Assembly.Location, Command, dump.Path, workDirectory, cacheDirectory], cancellationToken: cancellationToken);
        return child.ExitCode == 0
            ? double.Parse(child.Output, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"The build in a process of its own failed: {child.AllOutput}");
    }

    public static async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var builds = new FrameBuilds(arguments[1], arguments[2]);
        builds.EmptyObjectCache();
        var build = await FrameBuilds.BuildAsync(builds.Request(arguments[0]), cancellationToken);
        Directory.Delete(build.Frame.LayoutDirectory, recursive: true);
        var peak = File.ReadLines("/proc/self/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        var kibibytes = long.Parse(peak.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        Console.WriteLine((kibibytes * 1024 / 1e6).ToString(CultureInfo.InvariantCulture));
        return 0;
    }
}
