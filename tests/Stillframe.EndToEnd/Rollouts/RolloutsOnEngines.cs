using System.Text.RegularExpressions;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Rollouts;
using Xunit.Abstractions;

namespace Stillframe.EndToEnd.Rollouts;

/// <summary>The sample under a client that asks without a break: new data, new code with new data, a release that is never well, and back.</summary>
public sealed class RolloutsOnEngines(ITestOutputHelper output) : IDisposable
{
    readonly TemporaryDirectory directory = TemporaryDirectory.Create();

    [NeedsFact(Need.Docker, Need.Registry, Need.Root)]
    public async Task Lose_no_request_on_Swarm_and_mix_no_pair()
    {
        var releases = await ThreeReleases.GetAsync();
        var (first, refreshed, released) = (releases.First, releases.Refreshed, releases.Released);
        await using var swarm = await SwarmForTests.StartAsync(releases.Registry);
        await Command.SucceedAsync("/bin/sh", ["-c", $"docker save {Needs.BaseImage} | DOCKER_HOST={swarm.Address} docker load"]);
        var rolling = new RollingOut(directory.Path, OrchestratorKind.Swarm, swarm.Environment, output) { Name = "gaz" };
        await rolling.StartAsync();
        await rolling.ToAsync(first);
        await using var client = new AClient(swarm, directory.Path);
        await client.StartAsync("gaz_front", "gazetteer");

        await rolling.ToAsync(refreshed);
        await client.WaitForAsync(20);
        await rolling.ToAsync(released);
        await client.WaitForAsync(20);
        var never = await rolling.ToAsync(new(released.Frame, first.Frame), fails: true);
        await client.WaitForAsync(20);
        var unwell = await rolling.WithAnotherStackAsync(
            text => text.Replace("/app/Gazetteer", "/bin/none", StringComparison.Ordinal).Replace("start_period: 5m", "start_period: 1s", StringComparison.Ordinal),
            () => rolling.ToAsync(refreshed, fails: true));
        var status = await rolling.RunAsync("status");
        await rolling.RunAsync("rollback");
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
        Assert.Equal("gaz_frame-" + refreshed.FrameId, (await swarm.DockerAsync("service", "ls", "--filter", "label=io.stillframe.role=frame", "--format", "{{.Name}}")).Trim());
    }

    public void Dispose() => directory.Dispose();
}
