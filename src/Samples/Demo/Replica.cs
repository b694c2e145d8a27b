using System.Globalization;
using Stillframe.Rollouts;

namespace Demo;

/// <summary>One replica, as Kubernetes would have it in a pod: a service, and its frame in the same network namespace. They begin and end together, and nothing of them stays.</summary>
sealed class Replica : IAsyncDisposable
{
    readonly Stage stage;

    Replica(Stage stage, string name, ImagePair pair, string address) => (this.stage, Name, Pair, Address) = (stage, name, pair, address);

    public string Name { get; }

    public ImagePair Pair { get; }

    /// <summary>Of the service, on this machine.</summary>
    public string Address { get; }

    /// <summary>Returns when it is healthy.</summary>
    /// <param name="settings">Environment of the service.</param>
    public static async Task<Replica> StartAsync(Stage stage, string name, ImagePair pair, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var (frame, service) = ($"{name}-frame", $"{name}-service");
        try
        {
            await Stage.Docker.ReadAsync(
                [
                    "run", "--detach", .. stage.Options(frame), "--network", stage.Name, "--hostname", name, "--publish", "127.0.0.1::8080", "--memory", "256m",
                    "--read-only", "--tmpfs", "/run/mysqld", "--tmpfs", "/tmp", pair.Frame,
                ],
                cancellationToken);
            await Stage.Docker.ReadAsync(
                [
                    "run", "--detach", .. stage.Options(service), "--network", $"container:{stage.NameOf(frame)}", "--memory", "256m", "--read-only", "--tmpfs", "/tmp",
                    .. settings.SelectMany(setting => (string[])["--env", $"{setting.Key}={setting.Value}"]), pair.Service,
                ],
                cancellationToken);
            var port = await stage.PortAsync(frame, 8080, cancellationToken);
            var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/");
            await WhenHealthyAsync(stage, service, address, cancellationToken);
            return new(stage, name, pair, address);
        }
        catch
        {
            await stage.RemoveAsync(service, frame);
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await stage.RemoveAsync($"{Name}-service", $"{Name}-frame");

    static async Task WhenHealthyAsync(Stage stage, string service, string address, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = new(address), Timeout = TimeSpan.FromSeconds(5) };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync("health", limit.Token);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
            {
                var state = await Stage.Docker.ReadAsync(["inspect", "--format", "{{.State.Status}}", stage.NameOf(service)], cancellationToken);
                if (state != "running" || limit.IsCancellationRequested)
                    throw new InvalidOperationException($"Replica '{service}' is {state} and not healthy: {(await Stage.Docker.RunAsync(["logs", "--tail", "20", stage.NameOf(service)], CancellationToken.None)).AllOutput}");
            }

            await Task.Delay(100, cancellationToken);
        }
    }
}
