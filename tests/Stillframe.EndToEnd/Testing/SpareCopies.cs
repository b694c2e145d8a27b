using System.Data.Common;
using System.Globalization;
using Dapper;
using Stillframe.EndToEnd.Engines;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Engines;
using Stillframe.Images;
using Stillframe.Serving;

namespace Stillframe.EndToEnd.Testing;

/// <summary>Copies that are started before somebody asks for them.</summary>
[Collection(TestsWithAFrame.Name)]
public sealed class SpareCopies(TestedFrame tested)
{
    public static TheoryData<string> Engines => TestedFrame.Engines;

    [NeedsTheory(Need.LocalServer)]
    [MemberData(nameof(Engines))]
    public async Task Are_handed_out_once_and_untouched(string engine)
    {
        await using var frame = await OpenAsync(engine);
        await using var first = await frame.ScratchAsync(default);
        await using (var connection = await ConnectAsync(first))
            await connection.ExecuteAsync("INSERT INTO orders (text) VALUES ('mine'); CREATE TABLE more (id INT PRIMARY KEY)");
        var spare = await frame.NextScratch!;

        var others = await Task.WhenAll(frame.ScratchAsync(default), frame.ScratchAsync(default));

        await using ServedServer second = others[0], third = others[1];
        Assert.Contains(spare, others);
        Assert.Equal(3, new[] { first, second, third }.Select(copy => (copy.Host, copy.Port)).Distinct().Count());
        foreach (var untouched in others)
        {
            await using var connection = await ConnectAsync(untouched);
            Assert.Equal(["from the start", "the second"], await connection.QueryAsync<string>("SELECT text FROM orders ORDER BY id"));
            Assert.Equal(0, await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM information_schema.tables WHERE table_name = 'more'"));
        }
    }

    [NeedsTheory(Need.LocalServer)]
    [MemberData(nameof(Engines))]
    public async Task That_died_are_replaced(string engine)
    {
        await using var frame = await OpenAsync(engine);
        frame.BeginScratch();
        var spare = (await frame.NextScratch!)!;
        await KillAsync(engine, spare);

        await using var copy = await frame.ScratchAsync(default);

        Assert.NotEqual(spare.Password, copy.Password);
        await using var connection = await ConnectAsync(copy);
        Assert.Equal(2, await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM orders"));
        Assert.NotSame(spare, await frame.NextScratch!);
    }

    /// <summary>By an image of its own, so that its containers are known.</summary>
    [NeedsFact(Need.LocalServer, Need.Docker)]
    public async Task That_are_just_starting_go_with_their_frame()
    {
        var image = $"localhost/spare-{Guid.NewGuid():n}:1";
        var container = (await Command.SucceedAsync("docker", ["create", await new EngineFrames(ContainerCommand.Docker, SilentReporter.Instance).GetAsync(await ImageLayout.ReadAsync(tested.Layout), default)])).Trim();
        await Command.SucceedAsync("docker", ["commit", container, image]);
        await Command.SucceedAsync("docker", ["rm", container]);
        try
        {
            var frame = await ServedFrame.OpenAsync(image, EngineKind.Docker, SilentReporter.Instance, default);
            var copy = await frame.ScratchAsync(default);
            var spare = frame.NextScratch!;
            Assert.False(spare.IsCompleted); // a container takes longer than these two lines
            await frame.DisposeAsync();

            Assert.Single(await ContainersAsync(image));
            Assert.True((await spare)!.Exited.IsCompleted);
            await copy.DisposeAsync();
            Assert.Empty(await ContainersAsync(image));
            Assert.Null(frame.NextScratch);
        }
        finally
        {
            await Command.SucceedAsync("docker", ["rmi", "--force", image]);
        }
    }

    Task<ServedFrame> OpenAsync(string engine) => ServedFrame.OpenAsync(tested.Layout, Enum.Parse<EngineKind>(engine, ignoreCase: true), SilentReporter.Instance, default);

    static Task<DbConnection> ConnectAsync(ServedServer copy) => TestedFrame.OpenAsync(
        new DbConnectionStringBuilder { ["Server"] = copy.Host, ["Port"] = copy.Port, ["User ID"] = copy.User, ["Password"] = copy.Password, ["Database"] = copy.Schema }.ConnectionString);

    static async Task KillAsync(string engine, ServedServer server)
    {
        var port = server.Port.ToString(CultureInfo.InvariantCulture);
        if (engine == "embedded")
        {
            var processes = Bench.ProcessesWith($"--port={port} ").Select(line => line.Split(' ')).Where(words => words[1].Contains("ld-linux", StringComparison.Ordinal) || words[1].EndsWith("mariadbd", StringComparison.Ordinal));
            await Command.SucceedAsync("kill", ["-s", "KILL", .. processes.Select(words => words[0])]);
            return;
        }

        // the port that it was told, or that the engine publishes for it, or where it is reached by its own address
        var names = (await Command.SucceedAsync(engine, ["ps", "--format", "{{.Names}}"])).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var all = (await Command.SucceedAsync(engine, ["inspect", "--format", "{{.Name}} {{json .Args}} {{json .NetworkSettings}}", .. names])).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var own = all.Where(line => line.Contains($"\"--port={port}\"", StringComparison.Ordinal) || line.Contains($"\"HostPort\":\"{port}\"", StringComparison.Ordinal) || line.Contains($"\"IPAddress\":\"{server.Host}\"", StringComparison.Ordinal));
        await Command.SucceedAsync(engine, ["kill", Assert.Single(own).Split(' ')[0].TrimStart('/')]);
    }

    static async Task<string[]> ContainersAsync(string image) =>
        (await Command.SucceedAsync("docker", ["ps", "--all", "--quiet", "--filter", $"ancestor={image}"])).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
