namespace Gazetteer.Versions;

/// <summary>The service asks itself whether it is well, for engines that look into a container: its image has no other program.</summary>
static class Probe
{
    /// <summary>The argument that asks for it.</summary>
    public const string Argument = "--probe";

    static readonly TimeSpan limit = TimeSpan.FromSeconds(4);

    /// <returns>The exit code: 0 where the service on this machine's port is well.</returns>
    public static async Task<int> RunAsync()
    {
        var port = Environment.GetEnvironmentVariable("ASPNETCORE_HTTP_PORTS")?.Split(';')[0] ?? "8080";
        using var client = new HttpClient { Timeout = limit };
        try
        {
            using var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/health"));
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return 1;
        }
    }
}
