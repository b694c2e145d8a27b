using System.Globalization;

namespace Stillframe.Client.AspNetCore;

/// <summary>
/// The service asks itself whether it is well, for container engines that look into a container whose image has no other program to ask with:
/// <c>HEALTHCHECK</c>, or <c>healthcheck: test: ["CMD", "/app/Shop", "--probe"]</c> of Compose and Swarm.
/// </summary>
/// <example><code>
/// if (await HealthProbe.RunAsync(args) is { } exitCode)
///     return exitCode;
/// </code></example>
public static class HealthProbe
{
    /// <summary>The argument that asks for it: <c>--probe</c>, alone.</summary>
    public const string Argument = "--probe";

    const int DefaultPort = 8080;

    /// <summary>How long an answer may take: less than the 30 s that engines give the program, which they kill without a word.</summary>
    static readonly TimeSpan limit = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Where the arguments ask for it, asks the service that listens in this container over HTTP, on the port of <c>ASPNETCORE_HTTP_PORTS</c>, <c>ASPNETCORE_URLS</c> or 8080.
    /// Put it before everything else in the program, and end with the code.
    /// </summary>
    /// <param name="path">Where <c>app.MapHealthChecks</c> has the health check.</param>
    /// <returns>Null where nobody asked for it; 0 where the service is well or degraded; 1 where it is unhealthy, does not answer within 20 seconds or is not there, after one line on standard error.</returns>
    public static async Task<int?> RunAsync(IReadOnlyList<string> args, string path = "/health", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        if (args is not [Argument])
            return null;
        var port = Port(Environment.GetEnvironmentVariable("ASPNETCORE_HTTP_PORTS"), Environment.GetEnvironmentVariable("ASPNETCORE_URLS"));
        return await AskAsync(new UriBuilder("http", "127.0.0.1", port, path).Uri, limit, cancellationToken);
    }

    /// <summary>The first port that is listened to without TLS.</summary>
    internal static int Port(string? ports, string? addresses)
    {
        if (int.TryParse(First(ports), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            return port;
        // http://+:8080 and http://*:8080 are no addresses but for the server
        var http = (addresses ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault(one => one.StartsWith("http://", StringComparison.OrdinalIgnoreCase));
        return Uri.TryCreate(http?.Replace("://+", "://localhost", StringComparison.Ordinal).Replace("://*", "://localhost", StringComparison.Ordinal), UriKind.Absolute, out var address) ? address.Port : DefaultPort;
    }

    internal static async Task<int> AskAsync(Uri address, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = limit };
        try
        {
            using var answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (answer.IsSuccessStatusCode)
                return 0;
            await Console.Error.WriteLineAsync($"{address} answers {(int)answer.StatusCode}.");
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            await Console.Error.WriteLineAsync($"{address} does not answer: {e.Message}");
        }

        return 1;
    }

    static string? First(string? list) => list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault();
}
