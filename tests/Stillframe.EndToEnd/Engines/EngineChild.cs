using System.Diagnostics;
using Stillframe.Engines;

namespace Stillframe.EndToEnd.Engines;

/// <summary>A build's process, to be killed or run as somebody else: it opens a sandbox, starts a server and waits.</summary>
static class EngineChild
{
    /// <summary>The line that says it holds a running server; followed by the engine, the release and Bench.PlaceOf.</summary>
    public const string Started = "started";

    /// <summary>First argument to choose an engine alone; followed by the version of a previous frame's server, cache and work directory.</summary>
    public const string OpenWord = "open";

    /// <param name="arguments">Engine, base image, path of mariadbd (either may be empty), cache directory, work directory, and <c>hold</c> to wait with a running server.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments[0] == OpenWord)
            return await OpenAsync(arguments[1], new(EngineKind.Auto, null, null, arguments[2], arguments[3]));
        var options = new EngineOptions(
            Enum.Parse<EngineKind>(arguments[0]), NullIfEmpty(arguments[1]), NullIfEmpty(arguments[2]), arguments[3], arguments[4]);
        try
        {
            var engine = await EngineSelector.SelectAsync(options, SilentReporter.Instance, CancellationToken.None);
            await using var bench = await engine.OpenAsync(SilentReporter.Instance, CancellationToken.None);
            await Bench.BootstrapAsync(bench);
            await using var server = await bench.StartServerAsync(Bench.SmallServer, CancellationToken.None);
            Console.WriteLine($"{Started} {engine.Name} {bench.Release} {Bench.PlaceOf(bench)}");
            if (arguments.Contains("hold"))
                await Console.In.ReadToEndAsync(); // for ever, as long as its test runs
            await server.ShutdownAsync(CancellationToken.None);
            return 0;
        }
        catch (StillframeException e)
        {
            Console.WriteLine($"{e.Code}: {e.Message}");
            return 1;
        }
    }

    static async Task<int> OpenAsync(string previous, EngineOptions options)
    {
        var listener = new Listener { Heard = Console.WriteLine };
        try
        {
            var opened = await EngineSelector.OpenAsync(options, listener, CancellationToken.None);
            await using var bench = opened.Sandbox;
            opened.RequireReleaseOf(previous);
            return 0;
        }
        catch (StillframeException e)
        {
            Console.WriteLine($"{e.Code}: {e.Message}");
            return 1;
        }
    }

    /// <summary>Starts one that holds a server, and returns it with its line.</summary>
    public static async Task<(Process Process, string Line)> HoldAsync(EngineOptions options)
    {
        var start = new ProcessStartInfo("dotnet", [.. Arguments(options), "hold"]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync() ?? "";
        Assert.StartsWith(Started, line, StringComparison.Ordinal);
        return (process, line);
    }

    public static IEnumerable<string> Arguments(EngineOptions options) => [typeof(EngineChild).Assembly.Location, .. ArgumentsAlone(options)];

    /// <summary>Without the program.</summary>
    public static IEnumerable<string> ArgumentsAlone(EngineOptions options) =>
        [options.Kind.ToString(), options.BaseImage ?? "", options.ServerPath ?? "", options.CacheDirectory, options.WorkDirectory!];

    static string? NullIfEmpty(string text) => text.Length > 0 ? text : null;
}
