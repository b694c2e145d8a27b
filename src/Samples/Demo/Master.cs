using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Stillframe.Connections;
using Stillframe.Freezing;

namespace Demo;

/// <summary>The one server that is written to. It begins as the first frame, started writable: a dump of it is the next frame.</summary>
sealed class Master
{
    const string Container = "master", Init = "/master.sql";

    Master(int port, string editor, string dumper) => (Port, EditorPassword, DumperPassword) = (port, editor, dumper);

    int Port { get; }

    string EditorPassword { get; }

    string DumperPassword { get; }

    /// <summary>For services, on the stage's network.</summary>
    public string ForServices => $"Server=master;User ID=editor;Password={EditorPassword};Database=labels;Connection Timeout=5;Default Command Timeout=10";

    /// <summary>For dumps, from this machine.</summary>
    public string ForDumps => string.Create(CultureInfo.InvariantCulture, $"Server=127.0.0.1;Port={Port};User ID=dumper;Password={DumperPassword};Database=labels");

    /// <param name="frame">Has the server and its data.</param>
    /// <param name="schema">SQL for what is not in frames.</param>
    public static async Task<Master> StartAsync(Stage stage, string frame, string schema, CancellationToken cancellationToken)
    {
        string Password() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var (editor, dumper) = (Password(), Password());
        await Stage.Docker.RequireAsync(["pull", "--quiet", frame], failed => throw new InvalidOperationException(failed.AllOutput), cancellationToken);
        var entrypoint = JsonSerializer.Deserialize<string[]>(await Stage.Docker.ReadAsync(["image", "inspect", "--format", "{{json .Config.Entrypoint}}", frame], cancellationToken))!;
        await Stage.Docker.ReadAsync(
            [
                "create", .. stage.Options(Container), "--network", stage.Name, "--network-alias", "master", "--publish", "127.0.0.1::3306", "--memory", "512m", "--tmpfs", "/run/mysqld", "--tmpfs", "/tmp",
                "--user", ScratchServer.User, "--entrypoint", entrypoint[0], frame,
                .. entrypoint.Skip(1), .. ScratchServer.Options(), ScratchServer.AsRoot, $"--init-file={Init}",
                // by what is in this log, services know whether a frame has what somebody wrote
                $"--log-bin={ReadOnlyServer.DataDirectory}/binlog", "--binlog-format=ROW", "--server-id=1", "--event-scheduler=OFF", // disabled, it would not even list events
            ],
            cancellationToken);
        await CopyAsync(
            stage,
            $"""
            CREATE USER editor IDENTIFIED BY '{editor}';
            GRANT SELECT, INSERT, UPDATE, DELETE ON labels.* TO editor;
            CREATE USER dumper IDENTIFIED BY '{dumper}';
            GRANT SELECT, SHOW VIEW, TRIGGER, EVENT, LOCK TABLES ON labels.* TO dumper;
            GRANT SELECT ON mysql.proc TO dumper;
            GRANT RELOAD, REPLICATION CLIENT, REPLICATION SLAVE ON *.* TO dumper;
            {schema.Replace("TO labels;", "TO editor;", StringComparison.Ordinal)}

            """,
            cancellationToken);
        await Stage.Docker.ReadAsync(["start", stage.NameOf(Container)], cancellationToken);
        var master = new Master(await stage.PortAsync(Container, 3306, cancellationToken), editor, dumper);
        await master.WhenReadyAsync(stage, cancellationToken);
        return master;
    }

    async Task WhenReadyAsync(Stage stage, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await using var connection = await ServerConnection.ConnectAsync(new ServerEndpoint.Tcp("127.0.0.1", Port), "editor", EditorPassword, cancellationToken);
                return;
            }
            catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
            {
                if (await Stage.Docker.ReadAsync(["inspect", "--format", "{{.State.Running}}", stage.NameOf(Container)], cancellationToken) != "true")
                    throw new InvalidOperationException($"The master has ended: {(await Stage.Docker.RunAsync(["logs", "--tail", "20", stage.NameOf(Container)], CancellationToken.None)).AllOutput}");
                await Task.Delay(200, cancellationToken);
            }
        }
    }

    static async Task CopyAsync(Stage stage, string sql, CancellationToken cancellationToken)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, sql, cancellationToken);
            await Stage.Docker.ReadAsync(["cp", file, $"{stage.NameOf(Container)}:{Init}"], cancellationToken);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
