namespace Stillframe.Freezing;

/// <summary>
/// Options that serve a frozen directory with nothing writable but a temporary directory: what a frame's entrypoint says.
/// Each was needed; the server's manual, "Server System Variables", has their meaning.
/// </summary>
static class ReadOnlyServer
{
    /// <summary>Where the frame keeps its data.</summary>
    public const string DataDirectory = "/var/lib/mysql";

    /// <summary>The one directory besides <c>/tmp</c> that must be writable: socket, pid file and empty logs.</summary>
    public const string RunDirectory = "/run/mysqld";

    public const string TemporaryDirectory = "/tmp";

    /// <param name="serverOptions">The user's own (<c>DatabaseServerOption</c>); they come last.</param>
    /// <exception cref="StillframeException">SF1101 for an option that a frame fixes.</exception>
    public static IReadOnlyList<string> Options(
        IReadOnlyDictionary<string, string> serverOptions,
        string dataDirectory = DataDirectory,
        string runDirectory = RunDirectory,
        string temporaryDirectory = TemporaryDirectory)
    {
        ArgumentNullException.ThrowIfNull(serverOptions);
        return
        [
            "--no-defaults",
            $"--datadir={dataDirectory}",
            "--innodb-read-only",
            "--read-only",
            "--skip-log-bin",
            "--skip-slave-start",
            "--event-scheduler=disabled",
            "--skip-name-resolve",
            $"--log-ddl-recovery={runDirectory}/ddl",
            $"--log-tc={runDirectory}/tc.log", // made at each start where a release has more engines with transactions than one
            $"--aria-log-dir-path={runDirectory}",
            $"--pid-file={runDirectory}/pid",
            $"--socket={runDirectory}/mysqld.sock",
            $"--master-info-file={runDirectory}/master.info",
            $"--relay-log-info-file={runDirectory}/relay.info",
            $"--tmpdir={temporaryDirectory}",
            // InnoDB makes no temporary tables when it is read-only
            "--default-tmp-storage-engine=Aria",
            // files of a layer are in memory once for all containers of a host, if they are read through the system's cache; then a small pool of each one's own is enough
            "--loose-innodb-flush-method=fsync",
            "--loose-innodb-data-file-buffering=1",
            "--innodb-buffer-pool-size=32M",
            "--aria-pagecache-buffer-size=8M",
            "--key-buffer-size=1M",
            "--innodb-buffer-pool-dump-at-shutdown=0",
            "--innodb-buffer-pool-load-at-startup=0",
            "--character-set-server=utf8mb4",
            // an abbreviation that is unambiguous today may not be so in the next release; loose, since not every release knows it
            "--loose-skip-getopt-prefix-matching",
            .. FrameOption.Formatted(serverOptions),
        ];
    }

    /// <summary>
    /// What asks a frame's server whether it takes connections. It logs in as the account that owns the server's own views and is locked in every server: who is
    /// told so has been answered, which is what <c>ping</c> asks, and no refused login is logged each time. mariadb-admin(1), "ping".
    /// </summary>
    /// <param name="admin">Path of <c>mariadb-admin</c>.</param>
    /// <param name="account">Locked in every server.</param>
    public static IReadOnlyList<string> HealthCheck(string admin, string account = "mariadb.sys") =>
        [admin, "--no-defaults", "--protocol=socket", $"--socket={RunDirectory}/mysqld.sock", $"--user={account}", "--connect-timeout=2", "--silent", "ping"];
}
