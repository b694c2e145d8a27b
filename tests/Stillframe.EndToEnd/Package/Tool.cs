using System.Text.Json;
using Stillframe.Connections;
using Stillframe.EndToEnd.Frames;
using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Package;

/// <summary>The command <c>stillframe</c>, as somebody has it who has the packages alone.</summary>
public sealed class Tool(InstalledTool tool) : IClassFixture<InstalledTool>
{
    [NeedsFact(Need.LocalServer, Need.Registry)]
    public async Task Answers_in_JSON()
    {
        using var log = await JsonAsync("log", $"{tool.Host}/shop-db", "--json");
        Assert.Equal(["1.9", "latest"], log.RootElement.GetProperty("frames")[0].GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));

        using var same = await JsonAsync("diff", $"{tool.Host}/shop-db:1.9", tool.Archive, "--json");
        Assert.Equal((0, 0), (same.RootElement.GetProperty("tables").GetArrayLength(), same.RootElement.GetProperty("pull").GetProperty("layers").GetInt32()));

        using var later = await JsonAsync("diff", tool.Archive, tool.SecondDump, "--database", "shop", "--json");
        Assert.Equal("rows", later.RootElement.GetProperty("tables")[0].GetProperty("change").GetString());

        using var check = await JsonAsync("check", tool.FirstDump, "--database", "shop", "--json");
        Assert.Equal(2, check.RootElement.GetProperty("tables")[0].GetProperty("rows").GetInt32());
    }

    [NeedsTheory(Need.LocalServer, Need.Registry)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Verifies_a_frame_from_a_registry_and_from_an_archive(bool inRegistry)
    {
        using var report = await JsonAsync("verify", inRegistry ? $"{tool.Host}/shop-db:1.9" : tool.Archive, "--engine", "local", "--json");

        Assert.True(report.RootElement.GetProperty("passed").GetBoolean());
        Assert.Equal(tool.Frame.Digest, report.RootElement.GetProperty("image").GetString());
        Assert.Contains(report.RootElement.GetProperty("checks").EnumerateArray(), check => check.GetProperty("detail").GetString() == "1 tables, 2 rows, as loaded");
        AssertNothingIsLeft();
    }

    [NeedsFact(Need.LocalServer, Need.Registry)]
    public async Task Fails_with_one_line_and_leaves_nothing()
    {
        var denied = await tool.RunAsync("verify", tool.Archive, "--engine", "local", "--password", "wrong");
        Assert.Equal((1, ""), (denied.ExitCode, denied.Output));
        Assert.Contains("error SF4001: The frame refuses the login of 'reader'", denied.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", denied.Error, StringComparison.Ordinal);

        var missing = await tool.RunAsync("run", $"{tool.Host}/shop-db:2.0", "--engine", "local", "--port", $"{Ports.Free()}");
        Assert.Equal((1, "", 1), (missing.ExitCode, missing.Output, missing.Error.Trim().Split('\n').Length));
        Assert.StartsWith("error SF3009: ", missing.Error, StringComparison.Ordinal);

        var misused = await tool.RunAsync("verify");
        Assert.Equal((2, "", 1), (misused.ExitCode, misused.Output, misused.Error.Trim().Split('\n').Length));
        AssertNothingIsLeft();
    }

    [NeedsTheory(Need.LocalServer, Need.Registry)]
    [InlineData("INT", false)]
    [InlineData("TERM", true)]
    public async Task Serves_a_frame_until_interrupted_and_leaves_nothing(string signal, bool isPortOfRoot)
    {
        var port = isPortOfRoot ? Ports.FreeOfRoot() : Ports.Free();
        using var run = InteractiveProgram.Start(tool.Program, ["run", $"{tool.Host}/shop-db", "--engine", "local", "--port", $"{port}"], tool.Path, tool.Environment);

        await run.SaysAsync($"Server=127.0.0.1;Port={port};User ID=reader;Password=…;Database=shop");
        await using (var connection = await ServerConnection.ConnectAsync(new ServerEndpoint.Tcp("127.0.0.1", port), "reader", FrameWorkshop.Reader.Password, default))
            Assert.Equal("2", await connection.ScalarAsync("SELECT COUNT(*) FROM shop.orders", default));
        await run.InterruptAsync(signal);

        Assert.Equal(130, run.ExitCode);
        Assert.DoesNotContain("error", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(CommandLines(), line => line.Contains($"--port={port}", StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries("/tmp", $"sf-{run.Id}.*"));
        AssertNothingIsLeft();
    }

    [NeedsFact(Need.LocalServer, Need.Registry, Need.Docker)]
    public async Task Serves_a_frame_in_a_container_until_interrupted_and_leaves_nothing()
    {
        var port = Ports.Free();
        using var run = InteractiveProgram.Start(tool.Program, ["run", tool.Archive, "--engine", "docker", "--port", $"{port}"], tool.Path, tool.Environment);

        await run.SaysAsync($"Server=127.0.0.1;Port={port};");
        await run.InterruptAsync();

        Assert.Equal(130, run.ExitCode);
        Assert.DoesNotContain($"stillframe-stage-{run.Id}-", await Command.SucceedAsync("docker", ["ps", "--all", "--format", "{{.Names}}"]), StringComparison.Ordinal);
        Assert.DoesNotContain($":{run.Id}-", await Command.SucceedAsync("docker", ["images", "--format", "{{.Repository}}:{{.Tag}}"]), StringComparison.Ordinal);
        AssertNothingIsLeft();
    }

    async Task<JsonDocument> JsonAsync(params string[] arguments)
    {
        var result = await tool.RunAsync(arguments);
        Assert.True(result.ExitCode == 0, result.AllOutput);
        return JsonDocument.Parse(result.Output);
    }

    void AssertNothingIsLeft() => Assert.Empty(Directory.EnumerateFileSystemEntries(tool.Temporary, "sf-*"));

    static IEnumerable<string> CommandLines()
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(path[^1])))
        {
            string line;
            try
            {
                line = File.ReadAllText(Path.Combine(process, "cmdline"));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                continue; // it has ended
            }

            yield return line;
        }
    }
}
