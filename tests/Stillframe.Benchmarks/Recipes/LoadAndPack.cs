using System.Diagnostics;
using Stillframe.Benchmarks.Servers;

namespace Stillframe.Benchmarks.Recipes;

/// <summary>Seconds that a recipe took to load a dump into a data directory, and to pack that.</summary>
sealed record LoadAndPack(double Load, double Pack)
{
    public double Seconds => Load + Pack;

    /// <param name="compressor">A command that compresses its input.</param>
    public static async Task<LoadAndPack> TimeAsync(string data, Func<Task> load, string compressor, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        await load();
        var loaded = clock.Elapsed.TotalSeconds;
        await NativeServer.ShellAsync($"tar -C '{data}' -c . | {compressor} > '{data}.tar.gz'", cancellationToken);
        var packed = clock.Elapsed.TotalSeconds;
        File.Delete(data + ".tar.gz");
        return new(loaded, packed - loaded);
    }

    public override string ToString() => FormattableString.Invariant($"{Load:0.0} s to load and {Pack:0.0} s to pack");
}
