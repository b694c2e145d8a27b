using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

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
    public static Task<int?> RunAsync(IReadOnlyList<string> args, string path = "/health", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        if (args is not [Argument])
            return Task.FromResult<int?>(null);
        var port = Port(Environment.GetEnvironmentVariable("ASPNETCORE_HTTP_PORTS"), Environment.GetEnvironmentVariable("ASPNETCORE_URLS"));
        return Task.FromResult<int?>(Ask(new UriBuilder("http", "127.0.0.1", port, path).Uri, limit, cancellationToken));
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

    /// <summary>
    /// By a socket alone, and without waiting by tasks: this is a whole program that runs every few seconds beside each replica, and HttpClient takes half of its processor time (0.21 s, and 0.10 s so).
    /// </summary>
    internal static int Ask(Uri address, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { SendTimeout = (int)limit.TotalMilliseconds, ReceiveTimeout = (int)limit.TotalMilliseconds };
        using var cancelled = cancellationToken.Register(socket.Dispose);
        try
        {
            socket.Connect(new IPEndPoint(IPAddress.Loopback, address.Port));
            socket.Send(Encoding.ASCII.GetBytes($"GET {address.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: close\r\n\r\n"));
            var line = FirstLine(socket);
            // RFC 9112, section 4: HTTP/1.1 200 OK
            var status = line.Split(' ') is ["HTTP/1.0" or "HTTP/1.1", { Length: 3 } code, ..] ? code : null;
            if (status is ['2', ..])
                return 0;
            Console.Error.WriteLine(status is null ? $"{address} does not answer by HTTP: '{line}'" : $"{address} answers {status}.");
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Console.Error.WriteLine($"{address} does not answer: {e.Message}");
        }

        return 1;
    }

    static string FirstLine(Socket socket)
    {
        var answer = new byte[256];
        var length = 0;
        while (length < answer.Length && answer.AsSpan(0, length).IndexOf((byte)'\n') < 0)
        {
            var count = socket.Receive(answer.AsSpan(length));
            if (count == 0)
                break;
            length += count;
        }

        return Encoding.ASCII.GetString(answer, 0, length).Split('\n')[0].TrimEnd('\r');
    }

    static string? First(string? list) => list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault();
}
