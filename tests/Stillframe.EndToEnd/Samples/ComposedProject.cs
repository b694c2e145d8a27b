using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Samples;

/// <summary>A project of compose that is up; down with its volumes after its disposal.</summary>
sealed class ComposedProject : IAsyncDisposable
{
    readonly string[] compose;
    readonly Dictionary<string, string?> environment;

    ComposedProject(string[] compose, Dictionary<string, string?> environment) => (this.compose, this.environment) = (compose, environment);

    public static async Task<ComposedProject> UpAsync(IReadOnlyList<string> files, Dictionary<string, string?> environment)
    {
        var project = new ComposedProject([.. Needs.Compose[0], "-p", $"project-{Guid.NewGuid():n}", .. files.SelectMany(file => new[] { "-f", file })], environment);
        try
        {
            await project.RunAsync("up", "--detach");
            return project;
        }
        catch
        {
            await project.DisposeAsync();
            throw;
        }
    }

    public Task<string> RunAsync(params string[] arguments) => Command.SucceedAsync(compose[0], [.. compose[1..], .. arguments], environment: environment);

    /// <summary>Where a port of a service is on this machine.</summary>
    public async Task<Uri> AddressAsync(string service, int port) => new($"http://{(await RunAsync("port", service, $"{port}")).Trim()}");

    /// <summary>Somebody with cookies of their own.</summary>
    public static HttpClient User(Uri address) => new(new HttpClientHandler { CookieContainer = new() }, disposeHandler: true) { BaseAddress = address };

    public Task UntilAsync(Func<Task<bool>> condition) => TestRuns.Eventually.IsTrueAsync(condition, () => RunAsync("logs").Result, TimeSpan.FromSeconds(0.2));

    public async ValueTask DisposeAsync() => await Command.RunAsync(compose[0], [.. compose[1..], "down", "--volumes", "--timeout", "3"], environment: environment);
}
