using Stillframe;
using Stillframe.Consoles;
using Stillframe.Processes;

/// <summary>
/// A container engine that answers: the machine's own, or a <c>dockerd</c> started here with directories and a socket of its own, which
/// never touches the machine's and is stopped at the end.
/// </summary>
sealed class ContainerEngine : IAsyncDisposable
{
    static readonly TimeSpan StartTime = TimeSpan.FromMinutes(3), StopTime = TimeSpan.FromMinutes(2);

    readonly SupervisedProcess? daemon;
    readonly TemporaryDirectory? directory;

    ContainerEngine(string? address = null, SupervisedProcess? daemon = null, TemporaryDirectory? directory = null) =>
        (Address, this.daemon, this.directory) = (address, daemon, directory);

    /// <summary>For <c>DOCKER_HOST</c>; null for the machine's own engine.</summary>
    public string? Address { get; }

    public Dictionary<string, string?> Environment => Address is null ? [] : new() { ["DOCKER_HOST"] = Address };

    /// <returns>Null, with a line that says why, where there is no engine and none can be started.</returns>
    public static async Task<ContainerEngine?> FindOrStartAsync()
    {
        if (await Shell.SucceedsAsync("docker", ["info"]))
            return new();
        await AptPackages.InstallMissingAsync(("docker", "docker.io"), ("dockerd", "docker.io"), ("iptables", "iptables"));
        if (await Shell.SucceedsAsync("docker", ["info"]))
            return new();
        if (!AptPackages.Available)
            Console.WriteLine("No container engine answers ('docker info' fails), and starting one takes root: tests that need one are skipped.");
        return AptPackages.Available ? await StartAsync() : null;
    }

    static async Task<ContainerEngine?> StartAsync()
    {
        // in the system's temporary directory: paths of sockets are at most 107 bytes
        var directory = TemporaryDirectory.Create();
        string In(string name) => Path.Combine(directory.Path, name);
        var address = $"unix://{In("docker.sock")}";
        Console.WriteLine($"Starting a container engine at {address}");
        var daemon = SupervisedProcess.Start(
            ["dockerd", "--host", address, "--data-root", In("data"), "--exec-root", In("exec"), "--pidfile", In("pid"), "--log-level", "warn"]);
        var engine = new ContainerEngine(address, daemon, directory);
        var deadline = DateTime.UtcNow + StartTime;
        try
        {
            while (!daemon.Exited.IsCompleted && DateTime.UtcNow < deadline)
            {
                if (await Shell.SucceedsAsync("docker", ["info"], engine.Environment))
                    return engine;
                await Task.Delay(250, Interrupt.Token);
            }
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }

        await engine.DisposeAsync();
        Console.WriteLine($"No container engine: 'dockerd' doesn't start. Tests that need one are skipped. Its output:\n{daemon.LogTail}");
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        if (daemon is not null)
        {
            // killed at once it would leave containerd and mounts
            await daemon.SignalAsync("TERM");
            await Task.WhenAny(daemon.Exited, Task.Delay(StopTime));
            await daemon.DisposeAsync();
        }

        directory?.Dispose();
    }
}
