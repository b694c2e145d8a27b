using System.Globalization;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Processes;
using Stillframe.TestRuns;

namespace Stillframe.EndToEnd.Rollouts;

/// <summary>A Swarm of this machine in a network namespace of its own, with a registry there that has what another one has; nothing of it is left after its disposal.</summary>
sealed class SwarmForTests : IAsyncDisposable
{
    readonly TemporaryDirectory directory = TemporaryDirectory.Create();
    readonly List<SupervisedProcess> processes = [];
    readonly ProcessorShare share = ProcessorShare.Create();

    /// <summary>For <c>DOCKER_HOST</c>.</summary>
    public string Address => $"unix://{directory.Path}/docker.sock";

    public Dictionary<string, string?> Environment => new() { ["DOCKER_HOST"] = Address };

    /// <param name="registry">Its storage is served in the namespace, under the same name.</param>
    public static async Task<SwarmForTests> StartAsync(LocalRegistry registry)
    {
        var swarm = new SwarmForTests();
        try
        {
            await swarm.StartInAsync(registry);
            return swarm;
        }
        catch
        {
            await swarm.DisposeAsync();
            throw;
        }
    }

    public Task<string> DockerAsync(params string[] arguments) => Command.SucceedAsync("docker", arguments, environment: Environment);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(processes))
        {
            await process.SignalAsync("TERM"); // killed at once, dockerd would leave containerd and mounts
            await Task.WhenAny(process.Exited, Task.Delay(TimeSpan.FromMinutes(2)));
            await process.DisposeAsync();
        }

        share.Dispose();
        directory.Dispose();
    }

    async Task StartInAsync(LocalRegistry registry)
    {
        string In(string name) => Path.Combine(directory.Path, name);
        await File.WriteAllTextAsync(In("registry.yml"), $"version: 0.1\nstorage:\n  filesystem: {{rootdirectory: {registry.Storage}}}\nhttp:\n  addr: {registry.Host}\n");
        var daemon = $"{share.Enter} && ip link set lo up && echo $$ >{In("first")} && exec dockerd {share.DaemonOptions} --host {Address} --data-root {In("data")} --exec-root {In("exec")} --pidfile {In("pid")} --log-level warn";
        processes.Add(SupervisedProcess.Start(["unshare", "--net", "/bin/sh", "-c", daemon]));
        await Eventually.IsTrueAsync(
            async () => processes[0].Exited.IsCompleted || (await Command.RunAsync("docker", ["info"], environment: Environment)).ExitCode == 0, () => processes[0].LogTail, TimeSpan.FromSeconds(0.5));
        Assert.False(processes[0].Exited.IsCompleted, processes[0].LogTail);
        var first = int.Parse(await File.ReadAllTextAsync(In("first")), CultureInfo.InvariantCulture);
        processes.Add(SupervisedProcess.Start(["nsenter", $"--net=/proc/{first}/ns/net", "docker-registry", "serve", In("registry.yml")]));
        await DockerAsync("swarm", "init", "--advertise-addr", "127.0.0.1");
    }
}
