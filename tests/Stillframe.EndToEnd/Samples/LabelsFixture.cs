using Stillframe.EndToEnd.Frames;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Masters;
using Stillframe.EndToEnd.Routing;
using Stillframe.Engines;
using Stillframe.Masters;

namespace Stillframe.EndToEnd.Samples;

/// <summary>The samples' master, filled as their <c>compose.yaml</c> fills it, and frames of it.</summary>
public sealed class LabelsFixture : IAsyncLifetime, IDisposable
{
    const string User = "labels", Password = "only for tests", Schema = "labels", Key = "only for tests, and long enough for a key";

    readonly FrameWorkshop workshop = new();
    readonly List<FrameOnAPort> frames = [];

    internal NetworkMaster Master { get; private set; } = null!;

    /// <summary>Of the account that service and workers have.</summary>
    internal string MasterAddress => AddressBy(Master.Port);

    public async Task InitializeAsync()
    {
        if (Needs.WhyNot([Need.LocalServer]) is not null)
            return;
        Master = await NetworkMaster.StartMariaDbAsync(directory => [$"--log-bin={directory}/log", "--binlog-format=ROW"]);
        await Master.ExecuteAsync($"CREATE USER {User} IDENTIFIED BY '{Password}'", $"GRANT ALL ON {Schema}.* TO {User}");
        foreach (var file in (string[])["labels.sql", "work.sql"])
            await Command.SucceedAsync("/bin/sh", ["-c", "exec mariadb --no-defaults --socket=\"$0\" --user=root --default-character-set=utf8mb4 <\"$1\"", Master.Socket, Repository.PathOf($"src/Samples/Labels/data/{file}")]);
    }

    public async Task DisposeAsync()
    {
        foreach (var frame in frames)
            await frame.DisposeAsync();
        if (Master is not null)
            await Master.DisposeAsync();
    }

    public void Dispose() => workshop.Dispose();

    /// <summary>The master's address by another port.</summary>
    internal static string AddressBy(int port) => TestProvider.Address(port, User, Password, Schema);

    /// <summary>What a refresh does: dumps the master, and runs a frame of the dump.</summary>
    internal async Task<FrameOnAPort> FrameAsync()
    {
        var number = frames.Count;
        var dump = workshop.PathOf($"{number}.dump");
        await MasterDump.WriteAsync($"Server={Master.Socket};User ID=root;Database={Schema}", dump, SilentReporter.Instance, default);
        var frame = await FrameOnAPort.StartAsync(workshop.Request([dump], EngineKind.Local, $"layout-{number}"));
        frames.Add(frame);
        return frame;
    }

    /// <summary>Asks the master, as root.</summary>
    internal async Task<string?> ScalarAsync(string query)
    {
        await using var connection = await Master.ConnectAsync();
        return await connection.ScalarAsync(query, default);
    }

    internal Task<RunningService> ServeAsync(FrameOnAPort frame, string? master = null) =>
        RunningService.StartAsync(Path.Combine(AppContext.BaseDirectory, "Labels.dll"), frame.Address(Schema), master ?? MasterAddress, $"Labels__Key={Key}");

    /// <summary>A new container of the service, at the same address, with another frame.</summary>
    internal Task ReplaceAsync(RunningService service, FrameOnAPort frame) => service.RestartAsync(frame.Address(Schema), MasterAddress);
}

[CollectionDefinition(Name)]
public sealed class SampleTests : ICollectionFixture<LabelsFixture>
{
    public const string Name = "samples";
}
