using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Processes;

namespace Stillframe.EndToEnd.Routing;

/// <summary>A service as a process of its own, on a port of 127.0.0.1 that it keeps.</summary>
sealed class RunningService : IAsyncDisposable
{
    readonly string assembly;
    readonly string[] settings;
    SupervisedProcess process = null!;

    RunningService(string assembly, int port, string[] settings) => (this.assembly, Address, this.settings) = (assembly, new UriBuilder("http", "127.0.0.1", port).Uri, settings);

    public Uri Address { get; }

    /// <param name="settings">Environment variables besides those of the addresses, as <c>NAME=value</c>.</param>
    public static async Task<RunningService> StartAsync(string assembly, string frame, string master, params string[] settings)
    {
        var service = new RunningService(assembly, Ports.Free(), settings);
        await service.BeginAsync(frame, master);
        return service;
    }

    /// <summary>A user with cookies of their own.</summary>
    public HttpClient Client() => new(new HttpClientHandler { CookieContainer = new() }, disposeHandler: true) { BaseAddress = Address };

    public async Task RestartAsync(string frame, string master)
    {
        await process.DisposeAsync();
        await BeginAsync(frame, master);
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    // its home is where ASP.NET Core keeps the keys that it signs with
    async Task BeginAsync(string frame, string master)
    {
        process = SupervisedProcess.Start(
        [
            "env", $"HOME={Path.GetDirectoryName(assembly)}", $"ASPNETCORE_URLS={Address}", $"ConnectionStrings__Frame={frame}", $"ConnectionStrings__Master={master}", .. settings, "dotnet", assembly,
        ]);
        try
        {
            using var client = Client();
            await Eventually.IsTrueAsync(async () => process.Exited.IsCompleted || await AnswersAsync(client), () => $"The service doesn't answer:\n{process.LogTail}");
            if (process.Exited.IsCompleted)
                throw new InvalidOperationException($"The service has ended by itself:\n{process.LogTail}");
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    static async Task<bool> AnswersAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri("/", UriKind.Relative));
            return true;
        }
        catch (HttpRequestException)
        {
            return false; // it does not listen yet
        }
    }
}
