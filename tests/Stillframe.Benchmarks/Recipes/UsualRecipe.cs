using System.Diagnostics;
using Stillframe.Benchmarks.Servers;

namespace Stillframe.Benchmarks.Recipes;

/// <summary>
/// What people do without Stillframe: a server with default options, fed by its own client, its directory packed by tar and gzip at gzip's
/// default level, as an engine packs a layer.
/// </summary>
sealed record UsualRecipe(string Data, double LoadSeconds, double PackSeconds)
{
    public double Seconds => LoadSeconds + PackSeconds;

    public static async Task<UsualRecipe> RunAsync(string dump, string data, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        await NativeServer.InstallAsync(data, cancellationToken);
        await using (var server = await NativeServer.StartAsync(data, [], cancellationToken))
        {
            await server.ExecuteAsync("CREATE DATABASE bench", cancellationToken);
            await server.FeedAsync("bench", dump, cancellationToken);
            await server.StopAsync(cancellationToken);
        }

        var load = clock.Elapsed.TotalSeconds;
        clock.Restart();
        await NativeServer.ShellAsync($"tar -C '{data}' -c . | gzip > '{data}.tar.gz'", cancellationToken);
        var pack = clock.Elapsed.TotalSeconds;
        File.Delete(data + ".tar.gz");
        return new(data, load, pack);
    }
}
