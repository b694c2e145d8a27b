using Stillframe.Benchmarks.Servers;

namespace Stillframe.Benchmarks.Recipes;

/// <summary>
/// What somebody does who knows how: a dump in files, made by mydumper, given by myloader with two threads to a server that needs to survive
/// nothing, its directory packed by tar and pigz at its fastest level.
/// </summary>
static class TunedRecipe
{
    const int Threads = 2;

    /// <summary>A big log would be packed with the rest, which takes longer than a start that shrinks it.</summary>
    static readonly string[] ShrinkLog = ["--innodb-log-file-size=4M"];

    /// <summary>Dumps <c>bench</c> out of another server's directory.</summary>
    public static async Task DumpAsync(string fromData, string directory, CancellationToken cancellationToken)
    {
        await using var server = await NativeServer.StartAsync(fromData, [], cancellationToken);
        await NativeServer.RunAsync(
            "mydumper", ["--user", "root", "--socket", server.Socket, "--database", "bench", "--threads", $"{Threads}", "--outputdir", directory], cancellationToken);
        await server.StopAsync(cancellationToken);
    }

    public static async Task<LoadAndPack> RunAsync(string directory, string data, CancellationToken cancellationToken)
    {
        var time = await LoadAndPack.TimeAsync(data, () => LoadAsync(directory, data, cancellationToken), "pigz -1", cancellationToken);
        Directory.Delete(data, recursive: true);
        return time;
    }

    static async Task LoadAsync(string directory, string data, CancellationToken cancellationToken)
    {
        await NativeServer.InstallAsync(data, cancellationToken);
        await using (var server = await NativeServer.StartAsync(data, NativeServer.FastLoad, cancellationToken))
        {
            await NativeServer.RunAsync(
                "myloader", ["--user", "root", "--socket", server.Socket, "--database", "bench", "--threads", $"{Threads}", "--directory", directory], cancellationToken);
            await server.StopAsync(cancellationToken);
        }

        await using var last = await NativeServer.StartAsync(data, ShrinkLog, cancellationToken);
        await last.StopAsync(cancellationToken);
    }
}
