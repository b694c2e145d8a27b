using Stillframe.Benchmarks.Frames;

namespace Stillframe.Benchmarks.Servers;

/// <summary>The data directory of a server that its own client has fed with a dump, in the order of the dump; it is served with other options than it is loaded with.</summary>
static class LoadedData
{
    public static async Task CreateAsync(string data, string schema, string dump, CancellationToken cancellationToken)
    {
        await NativeServer.InstallAsync(data, cancellationToken);
        await using (var server = await NativeServer.StartAsync(data, NativeServer.FastLoad, cancellationToken))
        {
            await server.ExecuteAsync(
                $"CREATE DATABASE {schema}; CREATE USER {FrameBuilds.Reader.User}; GRANT SELECT, EXECUTE ON {schema}.* TO {FrameBuilds.Reader.User}", cancellationToken);
            await server.FeedAsync(schema, dump, cancellationToken);
            await NativeServer.RunAsync("mariadb-check", ["--no-defaults", "-uroot", "-S", server.Socket, "--analyze", schema], cancellationToken); // as it does by itself within the next minute
            await server.StopAsync(cancellationToken);
        }

        await using var asServed = await NativeServer.StartAsync(data, [], cancellationToken); // with a log of the size that it would have had
        await asServed.StopAsync(cancellationToken);
    }
}
