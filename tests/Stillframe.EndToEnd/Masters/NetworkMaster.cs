using System.IO.Compression;
using Stillframe.Connections;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Engines;
using Stillframe.Processes;

namespace Stillframe.EndToEnd.Masters;

/// <summary>A server that also listens on 127.0.0.1, and has certificates of the test's own.</summary>
sealed class NetworkMaster : IAsyncDisposable
{
    static readonly Lazy<UnpackedForTests> mySql = new(() => new(Needs.MySql!, "lib/mysql/private"));

    readonly TemporaryDirectory work;
    readonly IServer server;

    NetworkMaster(TemporaryDirectory work, int port, IServer server) => (this.work, Port, this.server) = (work, port, server);

    public int Port { get; }

    public string Directory => work.Path;

    public string Socket => ((ServerEndpoint.UnixSocket)server.Endpoint).Path;

    /// <param name="options">Gives the server's own from its directory.</param>
    /// <param name="command">Gives the program to start, and how its data directory is made.</param>
    static async Task<NetworkMaster> StartAsync(Func<string, Task<IReadOnlyList<string>>> command, Func<string, IEnumerable<string>> options)
    {
        var work = TemporaryDirectory.Create("/tmp"); // a socket's path has at most 107 bytes
        try
        {
            var (port, socket) = (Ports.Free(), Path.Combine(work.Path, "s"));
            var process = SupervisedProcess.Start(
            [
                .. await command(work.Path), $"--datadir={work.Path}/data", $"--socket={socket}", $"--pid-file={work.Path}/pid", $"--tmpdir={work.Path}", $"--port={port}", "--bind-address=127.0.0.1",
                "--innodb-buffer-pool-size=64M", "--performance-schema=OFF", "--innodb-flush-log-at-trx-commit=0", "--user=root", .. options(work.Path),
            ]);
            return new(work, port, await RunningServer.WhenReadyAsync(process, "The master", [new ServerEndpoint.UnixSocket(socket)], default));
        }
        catch
        {
            await work.DisposeAsync();
            throw;
        }
    }

    public static Task<NetworkMaster> StartMariaDbAsync(Func<string, IEnumerable<string>> options) => StartAsync(
        async directory =>
        {
            await Command.SucceedAsync("mariadb-install-db", ["--no-defaults", $"--datadir={directory}/data", $"--tmpdir={directory}", "--skip-test-db", "--auth-root-authentication-method=socket", "--user=root"]);
            return [ChildProcess.Find("mariadbd") ?? "/usr/sbin/mariadbd", "--no-defaults", "--innodb-log-file-size=16M", "--skip-name-resolve"];
        },
        options);

    /// <summary>In 2 GB of addresses at most: without a limit such a server once took all that a machine had.</summary>
    public static Task<NetworkMaster> StartMySqlAsync(Func<string, IEnumerable<string>> options) => StartAsync(
        async directory =>
        {
            await mySql.Value.CopyDataAsync($"{directory}/data");
            var root = mySql.Value.Root;
            return
            [
                "prlimit", "--as=2147483648", .. mySql.Value.Program("sbin/mysqld"), "--no-defaults", $"--lc-messages-dir={root}/share/mysql", $"--character-sets-dir={root}/share/mysql/charsets",
                $"--plugin-dir={root}/lib/mysql/plugin", "--mysqlx=OFF", "--secure-file-priv=NULL", "--skip-name-resolve", "--innodb-redo-log-capacity=32M", "--event-scheduler=DISABLED",
            ];
        },
        options);

    /// <summary>A connection string over TCP.</summary>
    public string Address(string user, string password, string more = "") => $"Server=127.0.0.1;Port={Port};User ID={user};Password={password};{more}";

    public Task<ServerConnection> ConnectAsync() => ServerConnection.ConnectAsync(server.Endpoint, "root", "", default);

    /// <summary>As root.</summary>
    public async Task ExecuteAsync(params string[] statements)
    {
        await using var connection = await ConnectAsync();
        foreach (var statement in statements)
            await connection.ExecuteAsync(statement, default);
    }

    /// <summary>What MySQL's client says to these statements, as root.</summary>
    public async Task LoadIntoMySqlAsync(string file)
    {
        var command = mySql.Value.Program("bin/mysql");
        var result = await ChildProcess.RunAsync(
            command[0],
            [.. command.Skip(1), "--no-defaults", $"--socket={Socket}", "--user=root", "--init-command=SET NAMES utf8mb4 COLLATE utf8mb4_general_ci"],
            new()
            {
                Input = async (stream, token) =>
                {
                    await using Stream content = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(File.OpenRead(file), CompressionMode.Decompress) : File.OpenRead(file);
                    await content.CopyToAsync(stream, token);
                },
            });
        Assert.True(result.ExitCode == 0, result.AllOutput);
    }

    /// <summary>What MySQL's own program makes of a schema, as bytes.</summary>
    public async Task<byte[]> MySqlDumpAsync(string schema, string file)
    {
        var command = mySql.Value.Program("bin/mysqldump");
        await Command.SucceedAsync(
            command[0],
            [
                .. command.Skip(1), "--no-defaults", $"--socket={Socket}", "--user=root", "--hex-blob", "--order-by-primary", "--single-transaction", "--routines", "--events", "--set-gtid-purged=OFF", "--skip-dump-date",
                $"--result-file={file}", "--databases", schema,
            ]);
        return await File.ReadAllBytesAsync(file);
    }

    /// <summary>The same, of a schema that was restored from a file.</summary>
    public async Task<byte[]> MySqlDumpOfRestoredAsync(string schema, string from, string file)
    {
        await ExecuteAsync($"DROP DATABASE {schema}");
        await LoadIntoMySqlAsync(from);
        return await MySqlDumpAsync(schema, file);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await work.DisposeAsync();
    }
}
