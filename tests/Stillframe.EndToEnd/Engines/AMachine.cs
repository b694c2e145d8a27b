using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Engines;
using Stillframe.Processes;

namespace Stillframe.EndToEnd.Engines;

[Collection(nameof(Engines))]
public sealed class AMachine : IDisposable
{
    readonly TemporaryDirectory work = TemporaryDirectory.Create();

    public void Dispose() => work.Dispose();

    [Fact]
    public async Task Without_any_engine_gets_one_error_with_every_reason()
    {
        // the local engine also looks beside PATH, where this machine may well have a server: so that is named
        var result = await Command.RunAsync(
            ChildProcess.Find("dotnet")!,
            EngineChild.Arguments(new(EngineKind.Auto, null, "/no/mariadbd", Path.Combine(work.Path, "cache"), work.Path)),
            environment: new Dictionary<string, string?> { ["PATH"] = "" });

        Assert.StartsWith("SF2001: No engine works here", result.Output, StringComparison.Ordinal);
        foreach (var reason in new[] { "docker: 'docker' is not on PATH", "podman: 'podman' is not on PATH", "local: there is no file '/no/mariadbd'", "embedded: 'apt-get' is not on PATH" })
            Assert.Contains(reason, result.Output, StringComparison.Ordinal);
        Assert.Contains("Install Docker or Podman, or a MariaDB server", result.Output, StringComparison.Ordinal);
    }
}
