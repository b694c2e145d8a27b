using System.Diagnostics;
using Stillframe.Benchmarks.Frames;
using Stillframe.Connections;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Engines;
using Stillframe.Processes;

namespace Stillframe.Benchmarks.Servers;

/// <summary>The MySQL that the build unpacks for tests, with no options but those it needs where it is: on this machine, in 3 GB of addresses at most, or in a container.</summary>
static class MySqlServer
{
    public const string Image = "mysql:9-benchmark";

    const string Variable = "STILLFRAME_TEST_MYSQL";

    static readonly Lazy<UnpackedForTests> unpacked = new(() => new(Environment.GetEnvironmentVariable(Variable)!, "lib/mysql/private"));
    static readonly Lazy<Task> image = new(() => unpacked.Value.MakeMySqlImageAsync(Image));

    /// <summary>Null where it is there.</summary>
    public static string? WhyNot => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } directory && Directory.Exists(directory) ? null : $"no MySQL server is unpacked here ({Variable})";

    /// <summary>As people run it in a container: with the address that is published, as MySQL's own image does.</summary>
    public static IReadOnlyList<string> Command { get; } =
    [
        "/usr/sbin/mysqld", "--no-defaults", "--user=root", $"--datadir={DefaultServer.Data}", "--bind-address=0.0.0.0", "--socket=/tmp/mysqld.sock", "--skip-name-resolve", "--secure-file-priv=NULL",
        "--lc-messages-dir=/usr/share/mysql", "--character-sets-dir=/usr/share/mysql/charsets",
    ];

    public static async Task<EngineOptions> OptionsAsync(EngineOptions options)
    {
        await image.Value;
        return options with { Kind = EngineKind.Docker, Server = Dumps.ServerKind.MySql, BaseImage = Image };
    }

    /// <summary>The data directory of such a server that its own client has fed with a dump.</summary>
    public static async Task LoadAsync(string data, string dump, CancellationToken cancellationToken)
    {
        await unpacked.Value.CopyDataAsync(data);
        var socket = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.sock"); // its path has at most 107 bytes
        var root = unpacked.Value.Root;
        await using var process = SupervisedProcess.Start(
        [
            "prlimit", "--as=3221225472", .. unpacked.Value.Program("sbin/mysqld"), "--no-defaults", "--user=root", $"--datadir={data}", $"--socket={socket}", $"--pid-file={socket}.pid", "--skip-networking",
            $"--lc-messages-dir={root}/share/mysql", $"--character-sets-dir={root}/share/mysql/charsets", $"--plugin-dir={root}/lib/mysql/plugin", "--mysqlx=OFF", "--secure-file-priv=NULL",
        ]);
        await using (var connection = await NativeServer.ConnectAsync(new ServerEndpoint.UnixSocket(socket), "root", cancellationToken))
        {
            foreach (var statement in (string[])["CREATE DATABASE bench", $"CREATE USER {FrameBuilds.Reader.User}", $"GRANT SELECT, EXECUTE ON bench.* TO {FrameBuilds.Reader.User}"])
                await connection.ExecuteAsync(statement, cancellationToken);
        }

        var client = string.Join(' ', unpacked.Value.Program("bin/mysql").Select(word => $"'{word}'"));
        await NativeServer.ShellAsync($"exec {client} --no-defaults -uroot -S '{socket}' bench < '{dump}'", cancellationToken);
        await process.SignalAsync("TERM");
        await process.Exited.WaitAsync(cancellationToken);
    }
}
