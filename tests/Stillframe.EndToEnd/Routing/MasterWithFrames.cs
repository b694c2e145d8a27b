using Stillframe.EndToEnd.Frames;
using Stillframe.EndToEnd.Masters;
using Stillframe.Engines;
using Stillframe.Masters;

namespace Stillframe.EndToEnd.Routing;

/// <summary>A master on a port of 127.0.0.1, with a table of notes, and frames of it.</summary>
sealed class MasterWithFrames : IAsyncDisposable
{
    public const string Schema = "shop", User = "service", Password = "only for tests";

    readonly FrameWorkshop workshop = new();
    readonly List<FrameOnAPort> frames = [];

    MasterWithFrames(NetworkMaster server) => Server = server;

    public NetworkMaster Server { get; }

    public string Address => TestProvider.Address(Server.Port, User, Password, Schema);

    /// <param name="options">Besides those of a log; none for a server without one.</param>
    public static async Task<MasterWithFrames> StartMariaDbAsync(params string[] options)
    {
        var master = new MasterWithFrames(await NetworkMaster.StartMariaDbAsync(directory => options is [] ? [$"--log-bin={directory}/log", "--binlog-format=ROW"] : options));
        await master.MakeAsync();
        return master;
    }

    /// <inheritdoc cref="StartMariaDbAsync"/>
    public static async Task<MasterWithFrames> StartMySqlAsync(params string[] options)
    {
        var master = new MasterWithFrames(await NetworkMaster.StartMySqlAsync(_ => ["--gtid-mode=ON", "--enforce-gtid-consistency=ON", "--collation-server=utf8mb4_general_ci", .. options]));
        await master.MakeAsync();
        return master;
    }

    /// <summary>Dumps the master, and runs a frame of the dump.</summary>
    public async Task<FrameOnAPort> FrameAsync()
    {
        var dump = workshop.PathOf($"{frames.Count}.dump");
        await MasterDump.WriteAsync($"Server={Server.Socket};User ID=root;Database={Schema}", dump, SilentReporter.Instance, default);
        return await FrameOfAsync(dump);
    }

    /// <summary>Runs a frame of other dumps.</summary>
    public async Task<FrameOnAPort> FrameOfAsync(params string[] dumps)
    {
        var frame = await FrameOnAPort.StartAsync(workshop.Request(dumps, EngineKind.Local, $"layout-{frames.Count}"));
        frames.Add(frame);
        return frame;
    }

    public string Dump(string name, string sql) => workshop.Dump(name, sql);

    public async ValueTask DisposeAsync()
    {
        foreach (var frame in frames)
            await frame.DisposeAsync();
        await Server.DisposeAsync();
        workshop.Dispose();
    }

    Task MakeAsync() => Server.ExecuteAsync(
        $"CREATE USER {User} IDENTIFIED BY '{Password}'", $"GRANT ALL ON *.* TO {User}", $"CREATE DATABASE {Schema} CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci",
        $"CREATE TABLE {Schema}.note (id INT AUTO_INCREMENT PRIMARY KEY, text VARCHAR(200) NOT NULL) ENGINE=InnoDB", $"INSERT INTO {Schema}.note (text) VALUES ('from the start')");
}
