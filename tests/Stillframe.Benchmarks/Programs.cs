using Stillframe.Benchmarks.Servers;
using Stillframe.Engines;
using Stillframe.Processes;

namespace Stillframe.Benchmarks;

/// <summary>Programs that benchmarks run.</summary>
static class Programs
{
    /// <summary>An engine that answers and has the base image, not the program alone.</summary>
    public const string Docker = "docker";

    /// <summary>The server that is unpacked for tests.</summary>
    public const string MySql = "mysqld";

    public const string Server = "mariadbd", Install = "mariadb-install-db", Client = "mariadb";

    /// <summary>Null where all of them are there; otherwise one clause that says what is missing.</summary>
    public static async Task<string?> WhyNotAsync(IEnumerable<string> programs, CancellationToken cancellationToken)
    {
        foreach (var program in programs)
        {
            var reason = program == Docker
                ? await WhyNotDockerAsync(cancellationToken)
                : program == MySql ? MySqlServer.WhyNot
                : ChildProcess.Find(program) is null && !File.Exists($"/usr/sbin/{program}") ? $"'{program}' is not installed" : null;
            if (reason is not null)
                return reason;
        }

        return null;
    }

    static async Task<string?> WhyNotDockerAsync(CancellationToken cancellationToken)
    {
        if (await ContainerCommand.Docker.WhyNotAsync(cancellationToken) is { } reason)
            return reason;
        var image = await ContainerCommand.Docker.RunAsync(["image", "inspect", DefaultServer.Image], cancellationToken);
        return image.ExitCode == 0 ? null : $"the container engine has no image '{DefaultServer.Image}'";
    }
}
