using System.Globalization;
using Stillframe;
using Stillframe.Engines;
using Stillframe.Processes;
using Stillframe.Verification;

/// <summary>A registry on a port of 127.0.0.1, until its disposal: Debian's program where it is installed or can be, otherwise the registry's own image.</summary>
sealed class DemoRegistry : IAsyncDisposable
{
    const string Image = "docker.io/library/registry:2";

    static readonly TimeSpan StartTime = TimeSpan.FromMinutes(2);

    readonly TemporaryDirectory directory = TemporaryDirectory.Create();
    readonly int port = LocalPort.Free();
    IAsyncDisposable? running;

    public string Host => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");

    public static async Task<DemoRegistry> StartAsync(CancellationToken cancellationToken)
    {
        await AptPackages.InstallMissingAsync(("docker-registry", "docker-registry"));
        var registry = new DemoRegistry();
        try
        {
            await registry.RunAsync(cancellationToken);
            await registry.WaitAsync(cancellationToken);
            return registry;
        }
        catch
        {
            await registry.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (running is not null)
            await running.DisposeAsync();
        directory.Dispose();
    }

    async Task RunAsync(CancellationToken cancellationToken)
    {
        if (ChildProcess.Find("docker-registry") is not null)
        {
            var configuration = Path.Combine(directory.Path, "config.yml");
            await File.WriteAllTextAsync(
                configuration, $"version: 0.1\nlog: {{level: error, accesslog: {{disabled: true}}}}\nstorage: {{filesystem: {{rootdirectory: {directory.Path}/storage}}, delete: {{enabled: true}}}}\nhttp: {{addr: '{Host}'}}\n", cancellationToken);
            running = SupervisedProcess.Start(["docker-registry", "serve", configuration]);
            return;
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"stillframe-demo-registry-{System.Environment.ProcessId}");
        running = CleanupCommand.Write(["docker", "rm", "--force", "--volumes", name]);
        await ContainerCommand.Docker.ReadAsync(["run", "--detach", "--name", name, "--publish", $"{Host}:5000", "--env", "REGISTRY_STORAGE_DELETE_ENABLED=true", Image], cancellationToken);
    }

    async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartTime);
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri($"http://{Host}/v2/"), limit.Token);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // it does not listen yet
            }

            await Task.Delay(100, limit.Token);
        }
    }
}
