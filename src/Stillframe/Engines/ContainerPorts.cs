using System.Globalization;
using Stillframe.Connections;

namespace Stillframe.Engines;

/// <summary>Where a server in a container may be reached from here.</summary>
static class ContainerPorts
{
    public const int Server = 3306;

    /// <summary>Most likely address first; null while the container does not run.</summary>
    public static async Task<IReadOnlyList<ServerEndpoint>?> FindAsync(ContainerCommand command, string container, CancellationToken cancellationToken)
    {
        // one question for both: each is a process
        var result = await command.RunAsync(
            ["inspect", "--format", $"{{{{range index .NetworkSettings.Ports \"{Server}/tcp\"}}}}{{{{.HostPort}}}} {{{{end}}}}/{{{{range .NetworkSettings.Networks}}}}{{{{.IPAddress}}}} {{{{end}}}}", container], cancellationToken);
        var parts = result.Output.Trim().Split('/');
        if (result.ExitCode != 0 || !int.TryParse(parts[0].Split(' ')[0], CultureInfo.InvariantCulture, out var port))
            return null;
        if (await command.RemoteHostAsync(cancellationToken) is { } remoteHost)
            return [new ServerEndpoint.Tcp(remoteHost, port)];

        // a build that runs in a container beside ours does not see the engine's loopback, but may share its bridge
        return
        [
            new ServerEndpoint.Tcp("127.0.0.1", port),
            .. parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(address => new ServerEndpoint.Tcp(address, Server)),
        ];
    }
}
