using System.Diagnostics;
using Stillframe.Connections;
using Stillframe.Processes;

namespace Stillframe.Benchmarks.Servers;

/// <summary>
/// The distribution's <c>mariadbd</c> on a directory of its own, with no options but those it is given. Needs <c>mariadbd</c>,
/// <c>mariadb-install-db</c> and <c>mariadb</c>.
/// </summary>
sealed class NativeServer : IAsyncDisposable
{
    const string Program = "/usr/sbin/mariadbd";
    static readonly TimeSpan StartTime = TimeSpan.FromMinutes(2);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Options for loading what need not survive a crash: the same pages in a fraction of the time.</summary>
    public static IReadOnlyList<string> FastLoad { get; } =
        ["--innodb-buffer-pool-size=1G", "--innodb-flush-log-at-trx-commit=0", "--skip-innodb-doublewrite", "--innodb-log-file-size=1G", "--innodb-log-buffer-size=64M"];

    readonly SupervisedProcess process;

    NativeServer(SupervisedProcess process, string socket) => (this.process, Socket) = (process, socket);

    public string Socket { get; }

    /// <summary>Of all its threads since it was started.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            using var running = Process.GetProcessById(int.Parse(File.ReadAllText(Socket + ".pid"), System.Globalization.CultureInfo.InvariantCulture));
            return running.TotalProcessorTime;
        }
    }

    /// <summary>Makes system tables, with an account <c>root</c> that needs no password.</summary>
    public static Task InstallAsync(string data, CancellationToken cancellationToken) => RunAsync(
        "mariadb-install-db", ["--no-defaults", "--user=root", $"--datadir={data}", "--auth-root-authentication-method=normal"], cancellationToken);

    public static async Task<NativeServer> StartAsync(string data, IEnumerable<string> options, CancellationToken cancellationToken, string user = "root")
    {
        var socket = data + ".sock";
        var server = new NativeServer(
            SupervisedProcess.Start([Program, "--no-defaults", "--user=root", $"--datadir={data}", $"--socket={socket}", "--skip-networking", $"--pid-file={socket}.pid", .. options]), socket);
        await (await ConnectAsync(new ServerEndpoint.UnixSocket(socket), user, cancellationToken)).DisposeAsync();
        return server;
    }

    /// <summary>Gives a script to the server's own client.</summary>
    public Task ExecuteAsync(string sql, CancellationToken cancellationToken) =>
        RunAsync("mariadb", ["--no-defaults", "-uroot", "-S", Socket, "-e", sql], cancellationToken);

    /// <summary>Feeds a file to the server's own client.</summary>
    public Task FeedAsync(string schema, string file, CancellationToken cancellationToken) =>
        ShellAsync($"exec mariadb --no-defaults -uroot -S '{Socket}' {schema} < '{file}'", cancellationToken);

    /// <summary>Feeds a file to any server by the distribution's client.</summary>
    public static Task FeedAsync(ServerEndpoint.Tcp server, string user, string schema, string file, CancellationToken cancellationToken) =>
        ShellAsync(FormattableString.Invariant($"exec mariadb --no-defaults -u{user} -h{server.Host} -P{server.Port} {schema} < '{file}'"), cancellationToken);

    /// <summary>Shuts it down as a service manager does.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await process.SignalAsync("TERM");
        await process.Exited.WaitAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

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
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    public static Task ShellAsync(string script, CancellationToken cancellationToken) => RunAsync("/bin/sh", ["-c", script], cancellationToken);

    /// <summary>Runs a program that has to succeed.</summary>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var line = arguments.ToList();
        var result = await ChildProcess.RunAsync(program, line, cancellationToken: cancellationToken);
        return result.ExitCode == 0 ? result.Output : throw new InvalidOperationException($"{program} {string.Join(' ', line)}: {result.AllOutput}");
    }
}
