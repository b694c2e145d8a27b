using System.Text.RegularExpressions;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Samples;
using Stillframe.Processes;
using Xunit.Abstractions;

namespace Stillframe.EndToEnd.Rollouts;

/// <summary>The sample under a client that asks without a break: new data, new code with new data, a release that is never well, and back.</summary>
[Collection(Alone.Name)]
public sealed partial class RolloutsOnEngines(RegistryFixture fixture, ITestOutputHelper output) : IClassFixture<RegistryFixture>, IDisposable
{
    readonly TemporaryDirectory directory = TemporaryDirectory.Create();

    string Deploy => Path.Combine(directory.Path, "deploy");

    [NeedsFact(Need.Docker, Need.Registry, Need.Root)]
    public async Task Lose_no_request_on_Swarm_and_mix_no_pair()
    {
        using var sample = new PublishedSample("Gazetteer", "gazetteer");
        // what is published is told by its digests; the client is to meet no machine that is busy with builds
        await PublishAsync(sample, "1.0.0");
        var first = await PairAsync();
        await PublishAsync(sample, "1.0.0", "-t:RefreshDatabaseImage", Changed("a"));
        var refreshed = await PairAsync();
        await PublishAsync(sample, "2.0.0", Changed("b"));
        var released = await PairAsync();
        await WritePairAsync(first);
        await using var swarm = await SwarmForTests.StartAsync(fixture.Registry);
        await Command.SucceedAsync("/bin/sh", ["-c", $"docker save {Needs.BaseImage} | DOCKER_HOST={swarm.Address} docker load"]);
        await RolloutAsync(swarm, "rollout");
        await using var client = new AClient(swarm, directory.Path);
        await client.StartAsync("gaz_front", "gazetteer");

        await WritePairAsync(refreshed);
        await RolloutAsync(swarm, "rollout");
        await client.WaitForAsync(20);
        await WritePairAsync(released);
        await RolloutAsync(swarm, "rollout");
        await client.WaitForAsync(20);
        await WritePairAsync((released.Frame, first.Frame));
        var never = await RolloutAsync(swarm, "rollout", fails: true);
        await client.WaitForAsync(20);
        await WritePairAsync(refreshed);
        var unwell = await WithAnotherStackAsync(
            text => text.Replace("/app/Gazetteer", "/bin/none", StringComparison.Ordinal).Replace("start_period: 5m", "start_period: 1s", StringComparison.Ordinal),
            () => RolloutAsync(swarm, "rollout", fails: true));
        var status = await RolloutAsync(swarm, "status");
        await RolloutAsync(swarm, "rollback");
        await client.WaitForAsync(20);

        var answers = (await client.StopAsync()).GroupBy(answer => answer).ToDictionary(group => group.Key, group => group.Count());
        foreach (var (answer, count) in answers)
            output.WriteLine($"{count} times {answer}");
        Assert.Equal(first.Service, refreshed.Service);
        Assert.Equal(3, new[] { first, refreshed, released }.Select(pair => pair.Frame).Distinct().Count());
        Assert.Matches("error SF8002: .*[(]task: non-zero exit [(]1[)]; its log: ", never);
        Assert.Matches("error SF8002: .*[(].*its health check: .*; its log: ", unwell);
        Assert.Equal(2, Regex.Count(status, $"running +gazetteer@{released.Service[^64..][..12]} +gazetteer-db@{released.Frame[^64..][..12]}"));
        // three pairs were published, and no others answered: old code on the old data, on the new data of a refresh, and new code on its own
        Assert.Equal(3, answers.Count);
        Assert.All(answers.Keys, answer => Assert.StartsWith("ok ", answer, StringComparison.Ordinal));
        var pairs = answers.Keys.Select(answer => answer.Split(' ')).OrderBy(parts => parts[1], StringComparer.Ordinal).ToList();
        Assert.Equal(["1.0.0", "1.0.0", "2.0.0"], pairs.Select(parts => parts[1]));
        Assert.Equal(pairs[0][2], pairs[1][2]);
        Assert.Equal(pairs[2][2], pairs[2][3]);
        Assert.Single(pairs, parts => parts[1] == "1.0.0" && parts[2] != parts[3]);
        Assert.Equal("gaz_frame-" + refreshed.Frame[^64..][..12], (await swarm.DockerAsync("service", "ls", "--filter", "label=io.stillframe.role=frame", "--format", "{{.Name}}")).Trim());
        await AssertComposedAsync(swarm, released, refreshed);
    }

    async Task<string> WithAnotherStackAsync(Func<string, string> change, Func<Task<string>> run)
    {
        var file = Path.Combine(Deploy, "stack.yaml");
        var text = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, change(text));
        var output = await run();
        await File.WriteAllTextAsync(file, text);
        return output;
    }

    /// <summary>On the same engine, where images are already.</summary>
    async Task AssertComposedAsync(SwarmForTests swarm, (string Service, string Frame) good, (string Service, string Frame) other)
    {
        if (Needs.Compose.Count == 0)
            return;
        await WritePairAsync(good);
        await RolloutAsync(swarm, "rollout", to: "compose");
        await WritePairAsync((other.Service, other.Frame));
        await RolloutAsync(swarm, "rollout", to: "compose");
        Assert.Contains($"gazetteer-db@{other.Frame[^64..][..12]}", await RolloutAsync(swarm, "status", to: "compose"), StringComparison.Ordinal);
        await WritePairAsync((good.Frame, good.Frame));
        Assert.Contains("error SF8002", await RolloutAsync(swarm, "rollout", fails: true, to: "compose"), StringComparison.Ordinal);
        Assert.Contains($"gazetteer-db@{other.Frame[^64..][..12]}", await RolloutAsync(swarm, "status", to: "compose"), StringComparison.Ordinal);
        await RolloutAsync(swarm, "rollback", to: "compose");
        Assert.Contains($"gazetteer-db@{good.Frame[^64..][..12]}", await RolloutAsync(swarm, "status", to: "compose"), StringComparison.Ordinal);
    }

    Task WritePairAsync((string Service, string Frame) pair) => File.WriteAllTextAsync(Path.Combine(Deploy, "images.env"), $"SERVICE_IMAGE={pair.Service}\nDATABASE_IMAGE={pair.Frame}\n");

    public void Dispose() => directory.Dispose();

    async Task PublishAsync(PublishedSample sample, string version, params string[] options)
    {
        await sample.PublishAsync(fixture.Registry, [$"-p:ContainerRegistry={fixture.Registry.Host}", $"-p:Version={version}", $"-p:DatabaseDeployDirectory={Deploy}", .. options]);
    }

    /// <summary>The sample's dump with one place more.</summary>
    string Changed(string name)
    {
        var dump = Path.Combine(directory.Path, name, "gazetteer.sql");
        Directory.CreateDirectory(Path.GetDirectoryName(dump)!);
        using var packed = new System.IO.Compression.GZipStream(File.OpenRead(Repository.PathOf("src/Samples/Gazetteer/data/gazetteer.sql.gz")), System.IO.Compression.CompressionMode.Decompress);
        using var text = new StreamReader(packed);
        var changed = FirstName().Replace(text.ReadToEnd(), $"${{0}}{name}", 1);
        File.WriteAllText(dump, changed);
        var targets = Path.Combine(directory.Path, name, "dump.targets");
        File.WriteAllText(targets, $"<Project><ItemGroup><DatabaseDump Remove=\"@(DatabaseDump)\" /><DatabaseDump Include=\"{dump}\" /></ItemGroup></Project>");
        return $"-p:CustomAfterMicrosoftCommonTargets={targets}";
    }

    async Task<(string Service, string Frame)> PairAsync()
    {
        var lines = (await File.ReadAllLinesAsync(Path.Combine(Deploy, "images.env"))).Select(line => line.Split('=')).ToDictionary(parts => parts[0], parts => parts[^1]);
        return (lines["SERVICE_IMAGE"], lines["DATABASE_IMAGE"]);
    }

    /// <summary>What is to succeed is tried again once, as anybody would: the node may be busy with what others do.</summary>
    async Task<string> RolloutAsync(SwarmForTests swarm, string command, bool fails = false, string to = "swarm")
    {
        var run = await RunAsync();
        if (run.ExitCode != 0 && !fails)
            run = await RunAsync();
        Assert.True(run.ExitCode == 0 != fails, run.AllOutput);
        return run.AllOutput;

        async Task<ProcessResult> RunAsync()
        {
            var tried = await Command.RunAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, "Stillframe.Tool.dll"), command, Deploy, "--to", to, "--name", to == "swarm" ? "gaz" : "one", "--limit", "240"], environment: swarm.Environment);
            output.WriteLine(tried.AllOutput);
            return tried;
        }
    }

    [GeneratedRegex(@"INSERT INTO `place`[^']*'")]
    private static partial Regex FirstName();
}
