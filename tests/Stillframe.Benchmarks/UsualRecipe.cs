using System.Diagnostics;
using Stillframe.Connections;
using Stillframe.Processes;

namespace Stillframe.Benchmarks;

/// <summary>
/// What people do without Stillframe: a server with default options, fed by its own client, its directory packed by tar and gzip at gzip's
/// default level, as an engine packs a layer. Needs <c>mariadbd</c>, <c>mariadb-install-db</c> and <c>mariadb</c> of the distribution.
/// </summary>
sealed class UsualRecipe(string directory)
{
    static readonly TimeSpan StartTime = TimeSpan.FromMinutes(2);

    public string Data { get; } = Path.Combine(directory, "usual");

    string Socket => Path.Combine(directory, "usual.sock");

    public async Task<(TimeSpan Load, TimeSpan Pack)> BuildAsync(string dump, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        await RunAsync("mariadb-install-db", ["--no-defaults", "--user=root", $"--datadir={Data}", "--auth-root-authentication-method=normal"], cancellationToken);
        await using (var server = TetheredProcess.Start(
            ["/usr/sbin/mariadbd", "--no-defaults", "--user=root", $"--datadir={Data}", $"--socket={Socket}", "--skip-networking", $"--pid-file={Socket}.pid"]))
        {
            await (await ConnectAsync(new ServerEndpoint.UnixSocket(Socket), "root", cancellationToken)).DisposeAsync();
            await RunAsync("/bin/sh", ["-c", $"mariadb --no-defaults -uroot -S {Socket} -e 'CREATE DATABASE bench; CREATE USER bench; GRANT SELECT ON bench.* TO bench'"], cancellationToken);
            await RunAsync("/bin/sh", ["-c", $"mariadb --no-defaults -uroot -S {Socket} bench < {dump}"], cancellationToken);
            await server.SignalAsync("TERM");
            await server.Exited.WaitAsync(cancellationToken);
        }

        var load = clock.Elapsed;
        clock.Restart();
        await RunAsync("/bin/sh", ["-c", $"tar -C {directory} -c usual | gzip > {Data}.tar.gz"], cancellationToken);
        return (load, clock.Elapsed);
    }

    /// <summary>Connects as soon as somebody answers.</summary>
    public static async Task<ServerConnection> ConnectAsync(ServerEndpoint endpoint, string user, CancellationToken cancellationToken)
    {
        for (var clock = Stopwatch.StartNew(); ;)
        {
            try
            {
                return await ServerConnection.ConnectAsync(endpoint, user, "", cancellationToken);
            }
            catch (Exception e) when ((e is IOException or System.Net.Sockets.SocketException) && clock.Elapsed < StartTime)
            {
                await Task.Delay(20, cancellationToken);
            }
        }
    }

    public static async Task RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var line = arguments.ToList();
        var result = await ChildProcess.RunAsync(program, line, cancellationToken: cancellationToken);
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', line)}: {result.Said}");
    }
}
