using System.Globalization;
using System.Net;
using System.Text.Json;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Processes;

namespace Stillframe.EndToEnd.Gazetteer;

/// <summary>The sample service as a process of its own, on a port of 127.0.0.1.</summary>
public sealed class RunningGazetteer : IAsyncDisposable
{
    readonly SupervisedProcess process;
    readonly HttpClient client;

    RunningGazetteer(SupervisedProcess process, HttpClient client) => (this.process, this.client) = (process, client);

    public static async Task<RunningGazetteer> StartAsync(int databasePort, string user, string password)
    {
        var port = Ports.Free();
        var process = SupervisedProcess.Start(
        [
            "env",
            string.Create(CultureInfo.InvariantCulture, $"ASPNETCORE_URLS=http://127.0.0.1:{port}"),
            string.Create(CultureInfo.InvariantCulture, $"Database__Port={databasePort}"), $"Database__User={user}", $"Database__Password={password}",
            "dotnet", Path.Combine(AppContext.BaseDirectory, "Gazetteer.dll"),
        ]);
        var service = new RunningGazetteer(process, new() { BaseAddress = new UriBuilder("http", "127.0.0.1", port).Uri });
        try
        {
            await service.WaitAsync();
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>The answer's status and JSON.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Json)> GetAsync(string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        return (answer.StatusCode, JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync()));
    }

    async Task WaitAsync()
    {
        await Eventually.IsTrueAsync(async () => process.Exited.IsCompleted || await AnswersAsync(), () => $"The service doesn't answer:\n{process.LogTail}");
        if (process.Exited.IsCompleted)
            throw new InvalidOperationException($"The service has ended by itself:\n{process.LogTail}");
    }

    async Task<bool> AnswersAsync()
    {
        try
        {
            await GetAsync("/health");
            return true;
        }
        catch (HttpRequestException)
        {
            return false; // it does not listen yet
        }
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await process.DisposeAsync();
    }
}
