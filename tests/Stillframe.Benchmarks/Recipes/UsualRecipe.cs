using Stillframe.Benchmarks.Servers;

namespace Stillframe.Benchmarks.Recipes;

/// <summary>
/// What people do without Stillframe: a server with default options, fed by its own client, its directory packed by tar and gzip at gzip's
/// default level, as an engine packs a layer.
/// </summary>
/// <param name="Data">The data directory, which stays.</param>
sealed record UsualRecipe(string Data, LoadAndPack Time)
{
    public static async Task<UsualRecipe> RunAsync(string dump, string data, CancellationToken cancellationToken) =>
        new(data, await LoadAndPack.TimeAsync(data, () => LoadAsync(dump, data, cancellationToken), "gzip", cancellationToken));

    static async Task LoadAsync(string dump, string data, CancellationToken cancellationToken)
    {
        await NativeServer.InstallAsync(data, cancellationToken);
        await using var server = await NativeServer.StartAsync(data, [], cancellationToken);
        await server.ExecuteAsync("CREATE DATABASE bench", cancellationToken);
        await server.FeedAsync("bench", dump, cancellationToken);
        await server.StopAsync(cancellationToken);
    }
}
