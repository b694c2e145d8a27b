using System.Net;
using Stillframe.Processes;
using Stillframe.TestRuns;

namespace Stillframe.EndToEnd.Infrastructure;

/// <summary>A registry (Debian's <c>docker-registry</c>) on a free port of 127.0.0.1; it and its storage are gone after its disposal.</summary>
public sealed class LocalRegistry : IAsyncDisposable
{
    /// <summary>The account of a registry started with <c>withPassword</c>.</summary>
    public const string User = "pusher", Password = "open sesame";

    // made with crypt(3); the registry takes bcrypt only
    const string PasswordFile = User + ":$2b$10$fZwbjGobTDiPXsvmz1CB2uE10Jx617lD8j86ESbe7hUwK8C.Ct0TW\n";

    readonly SupervisedProcess process;
    readonly TemporaryDirectory directory;

    LocalRegistry(SupervisedProcess process, TemporaryDirectory directory, int port) => (this.process, this.directory, Port) = (process, directory, port);

    public int Port { get; }

    /// <summary><c>127.0.0.1:PORT</c></summary>
    public string Host => $"127.0.0.1:{Port}";

    /// <summary>Where it keeps repositories and blobs (<c>docker/registry/v2/…</c>).</summary>
    public string Storage => Path.Combine(directory.Path, "storage");

    /// <summary>Every request it answered, one a line, as far as it has written them.</summary>
    public string Log => Path.Combine(directory.Path, "log");

    /// <param name="authentication">Lines of the configuration's section <c>auth</c>, indented by two.</param>
    public static async Task<LocalRegistry> StartAsync(bool withPassword = false, string? authentication = null, bool deletes = true)
    {
        var directory = TemporaryDirectory.Create();
        var port = Ports.Free();
        var configuration = Path.Combine(directory.Path, "config.yml");
        await File.WriteAllTextAsync(configuration, Configuration(directory.Path, port, withPassword ? $"  htpasswd:\n    realm: test\n    path: {directory.Path}/htpasswd" : authentication, deletes));
        await File.WriteAllTextAsync(Path.Combine(directory.Path, "htpasswd"), PasswordFile);
        // the shell is there for the log file alone
        var process = SupervisedProcess.Start(["/bin/sh", "-c", "exec docker-registry serve \"$0\" >\"$1\" 2>&1", configuration, Path.Combine(directory.Path, "log")]);
        var registry = new LocalRegistry(process, directory, port);
        await registry.WaitAsync();
        return registry;
    }

    async Task WaitAsync()
    {
        using var client = new HttpClient();
        await Eventually.IsTrueAsync(async () => process.Exited.IsCompleted || await AnswersAsync(client), () => $"docker-registry doesn't answer on {Host}.");
        if (!process.Exited.IsCompleted)
            return;
        var said = await File.ReadAllTextAsync(Log);
        await DisposeAsync();
        throw new InvalidOperationException($"docker-registry has ended by itself:\n{said}");
    }

    async Task<bool> AnswersAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri($"http://{Host}/v2/"));
            return answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Unauthorized;
        }
        catch (HttpRequestException)
        {
            return false; // it does not listen yet
        }
    }

    static string Configuration(string directory, int port, string? authentication, bool deletes) => $"""
        version: 0.1
        log:
          level: info
        storage:
          filesystem:
            rootdirectory: {directory}/storage
          delete:
            enabled: {(deletes ? "true" : "false")}
        http:
          addr: 127.0.0.1:{port}
        {(authentication is null ? "" : "auth:\n" + authentication)}
        """;

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        directory.Dispose();
    }
}
