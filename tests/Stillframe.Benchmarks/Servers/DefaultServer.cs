namespace Stillframe.Benchmarks.Servers;

/// <summary>A server in a container as people run it without Stillframe.</summary>
static class DefaultServer
{
    public const string Data = "/data";

    /// <summary>The image of the build's own tests.</summary>
    public static string Image { get; } =
        Environment.GetEnvironmentVariable("STILLFRAME_TEST_BASE_IMAGE") is { Length: > 0 } image ? image : "mariadb:10.11-test";

    /// <summary>Default options; names are not resolved, as in MariaDB's own image.</summary>
    public static IReadOnlyList<string> Command { get; } =
        ["/usr/sbin/mariadbd", "--no-defaults", "--user=root", $"--datadir={Data}", "--bind-address=0.0.0.0", "--socket=/tmp/mysqld.sock", "--skip-name-resolve"];

    public static Task<ServerContainer> StartAsync(DataImage image, CancellationToken cancellationToken) =>
        ServerContainer.StartAsync([], image.Name, Command, cancellationToken);

    /// <param name="options">Of the server.</param>
    /// <param name="limit">Options of the engine.</param>
    public static Task<ServerContainer> StartAsync(DataVolume volume, IEnumerable<string> options, CancellationToken cancellationToken, params IEnumerable<string> limit) =>
        ServerContainer.StartAsync(["--volume", $"{volume.Name}:{Data}", .. limit], Image, [.. Command, .. options], cancellationToken);
}
