using Stillframe.Connections;
using Stillframe.Engines;
using Stillframe.Loading;
using Stillframe.Processes;

namespace Stillframe.EndToEnd.Oracle.Comparison;

/// <summary>A server of this machine on a directory: an everyday one for the client's loads, or one that serves a frame's data.</summary>
sealed class OracleServer : IAsyncDisposable
{
    readonly TemporaryDirectory run;
    readonly IServer server;

    OracleServer(TemporaryDirectory run, IServer server) => (this.run, this.server) = (run, server);

    public string Socket => ((ServerEndpoint.UnixSocket)server.Endpoint).Path;

    public string LogTail => server.LogTail;

    /// <summary>Tables are many and small: with a redo log of the usual size a start would take longer than all else.</summary>
    public static IReadOnlyList<string> Small { get; } = ["--innodb-log-file-size=16M", "--innodb-buffer-pool-size=64M", "--performance-schema=off", .. LoadServer.ThrowAway];

    /// <summary>Makes an empty data directory by the host's own program, <c>data</c> in this one.</summary>
    public static async Task MakeDataAsync(string directory)
    {
        var install = await ChildProcess.RunAsync(
            "mariadb-install-db",
            ["--no-defaults", $"--datadir={directory}/data", $"--tmpdir={directory}", "--skip-test-db", "--auth-root-authentication-method=normal", .. Environment.IsPrivilegedProcess ? ["--user=root"] : Array.Empty<string>()]);
        Assert.True(install.ExitCode == 0, install.AllOutput);
    }

    static string[] Host => [ChildProcess.Find("mariadbd") ?? "/usr/sbin/mariadbd", "--no-defaults"];

    /// <param name="options">Without those of its directory for sockets.</param>
    /// <param name="program">What starts it, with options that have to come first; null for the host's.</param>
    public static async Task<OracleServer> StartAsync(IEnumerable<string> options, CancellationToken cancellationToken, IReadOnlyList<string>? program = null)
    {
        var run = TemporaryDirectory.Create("/tmp"); // a socket's path has at most 107 bytes
        try
        {
            var socket = Path.Combine(run.Path, "s");
            var process = SupervisedProcess.Start(
            [
                "env", "TZ=UTC", .. program ?? Host, .. options,
                $"--socket={socket}", $"--pid-file={run.Path}/pid", $"--tmpdir={run.Path}", "--skip-networking", "--skip-name-resolve",
                .. Environment.IsPrivilegedProcess ? ["--user=root"] : Array.Empty<string>(),
            ]);
            return new(run, await RunningServer.WhenReadyAsync(process, "The server", [new ServerEndpoint.UnixSocket(socket)], cancellationToken));
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    public Task<ServerConnection> ConnectAsync() => ServerConnection.ConnectAsync(server.Endpoint, "root", "", default);

    public Task ShutdownAsync() => server.ShutdownAsync(default);

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await run.DisposeAsync();
    }
}
