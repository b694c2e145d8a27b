using System.Diagnostics;
using System.Globalization;
using Stillframe.Connections;
using Stillframe.Engines;

namespace Stillframe.Benchmarks;

/// <summary>The usual recipe's data in an image, started with the server's default options.</summary>
sealed class UsualContainer : IAsyncDisposable
{
    static readonly ContainerCommand Docker = ContainerCommand.Docker;

    readonly string image = $"localhost/stillframe-benchmark:{Environment.ProcessId}";

    public static async Task<UsualContainer> CreateAsync(UsualRecipe usual, string baseImage)
    {
        var container = new UsualContainer();
        var id = await Docker.ReadAsync(["create", baseImage, "true"], default);
        await Docker.ReadAsync(["cp", usual.Data, $"{id}:/data"], default);
        await Docker.ReadAsync(["commit", id, container.image], default);
        await Docker.RemoveContainerAsync(id);
        return container;
    }

    /// <returns>Milliseconds until the query was answered, and bytes written until then.</returns>
    public async Task<(double Milliseconds, long Bytes)> StartAsync(Func<ServerEndpoint, Task> query)
    {
        var clock = Stopwatch.StartNew();
        var id = await Docker.ReadAsync(
            ["run", "--detach", "--publish", "127.0.0.1::3306", image, "/usr/sbin/mariadbd", "--no-defaults", "--user=root", "--datadir=/data", "--bind-address=0.0.0.0", "--socket=/tmp/mysqld.sock"], default);
        try
        {
            var published = await Docker.ReadAsync(["port", id, "3306/tcp"], default);
            var port = int.Parse(published.Split('\n')[0].Split(':')[^1], CultureInfo.InvariantCulture);
            await query(new ServerEndpoint.Tcp("127.0.0.1", port));
            var milliseconds = clock.Elapsed.TotalMilliseconds;
            var bytes = await Docker.ReadAsync(["container", "inspect", "--size", "--format", "{{.SizeRw}}", id], default);
            return (milliseconds, long.Parse(bytes, CultureInfo.InvariantCulture));
        }
        finally
        {
            await Docker.RemoveContainerAsync(id);
        }
    }

    public async ValueTask DisposeAsync() => await Docker.RunAsync(["rmi", image], default);
}
