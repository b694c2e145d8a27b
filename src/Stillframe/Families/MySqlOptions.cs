using Stillframe.Freezing;
using Stillframe.Loading;

namespace Stillframe.Families;

/// <summary>
/// Options of MySQL servers, for each of what a build does with them. MySQL Reference Manual, "Server System Variables" and "InnoDB Startup Options and System Variables".
/// </summary>
static class MySqlOptions
{
    /// <summary>A server that ends with the build waits for no disk, and gathers nothing about itself.</summary>
    static readonly string[] throwAway =
    [
        "--skip-log-bin",
        "--innodb-doublewrite=OFF",
        "--innodb-flush-log-at-trx-commit=0",
        "--innodb-flush-method=nosync",
        // a frame reads each of them at its start, a tenth of which it took with 128
        "--innodb-rollback-segments=1",
        "--innodb-buffer-pool-dump-at-shutdown=OFF",
        "--innodb-buffer-pool-load-at-startup=OFF",
        "--performance-schema=OFF",
        "--character-set-server=utf8mb4",
    ];

    /// <summary>Makes a data directory; its root has no password until the first start.</summary>
    public static IReadOnlyList<string> Initialize { get; } =
        ["--initialize-insecure", .. throwAway, "--innodb-redo-log-capacity=32M", "--auto-generate-certs=OFF", "--sha256-password-auto-generate-rsa-keys=OFF", "--caching-sha2-password-auto-generate-rsa-keys=OFF"];

    /// <inheritdoc cref="ServerFamily.SchemaOptions"/>
    public static IReadOnlyList<string> Schema { get; } =
    [
        .. throwAway,
        "--auto-generate-certs=OFF",
        "--innodb-redo-log-capacity=8M",
        "--innodb-stats-persistent=OFF",
        "--innodb-stats-auto-recalc=0",
        "--innodb-purge-threads=1",
        "--innodb-fast-shutdown=0",
        "--innodb-buffer-pool-size=64M",
        "--local-infile=0",
        "--skip-name-resolve",
        "--max-allowed-packet=1G",
        "--wait-timeout=86400",
    ];

    /// <param name="rowBytes">Bytes of row text to be loaded.</param>
    public static IReadOnlyList<string> Load(long rowBytes) =>
    [
        .. throwAway,
        "--auto-generate-certs=OFF", // its data is not worth it; passwords go by its RSA key
        $"--innodb-buffer-pool-size={LoadServer.BufferPoolBytes(rowBytes, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)}",
        $"--innodb-redo-log-capacity={Math.Max(LoadServer.RedoBytes(rowBytes) >> 20, 32)}M",
        "--innodb-log-buffer-size=16M",
        "--innodb-fast-shutdown=0",
        "--innodb-stats-auto-recalc=0",
        "--innodb-change-buffering=none",
        .. LoadServer.ForStatistics,
        "--innodb-ft-cache-size=80000000",
        "--innodb-ft-total-cache-size=1600000000",
        "--local-infile=1",
        "--skip-name-resolve",
        "--max-allowed-packet=1G",
        "--net-read-timeout=3600",
        "--net-write-timeout=3600",
        "--wait-timeout=86400",
    ];

    /// <summary>After those of a frame, of which the last one counts.</summary>
    public static IReadOnlyList<string> Scratch { get; } =
    [
        "--innodb-read-only=OFF",
        "--super-read-only=OFF",
        "--read-only=OFF",
        "--default-tmp-storage-engine=InnoDB",
        "--innodb-redo-log-capacity=8M",
        "--innodb-flush-log-at-trx-commit=0",
        "--innodb-doublewrite=OFF",
        "--innodb-flush-method=nosync",
    ];

    /// <inheritdoc cref="ServerFamily.FrameOptions"/>
    public static IReadOnlyList<string> Frame(IReadOnlyDictionary<string, string> serverOptions) =>
    [
        "--no-defaults",
        $"--datadir={ReadOnlyServer.DataDirectory}",
        "--innodb-read-only",
        "--read-only",
        "--super-read-only",
        "--skip-log-bin",
        "--skip-replica-start",
        "--event-scheduler=DISABLED",
        "--skip-name-resolve",
        "--mysqlx=OFF",
        "--secure-file-priv=NULL",
        // made beside the data and then renamed, where nothing can be; passwords go by TLS, whose keys are made at the start
        "--sha256-password-auto-generate-rsa-keys=OFF",
        "--caching-sha2-password-auto-generate-rsa-keys=OFF",
        // InnoDB takes no absolute path for this one
        $"--innodb-temp-data-file-path={Path.GetRelativePath(ReadOnlyServer.DataDirectory, ReadOnlyServer.RunDirectory).Replace('\\', '/')}/ibtmp1:12M:autoextend",
        $"--innodb-temp-tablespaces-dir={ReadOnlyServer.RunDirectory}",
        $"--pid-file={ReadOnlyServer.RunDirectory}/pid",
        $"--socket={ReadOnlyServer.RunDirectory}/mysqld.sock",
        $"--tmpdir={ReadOnlyServer.TemporaryDirectory}",
        // InnoDB makes no temporary tables when it is read-only
        "--default-tmp-storage-engine=MyISAM",
        // what a server has in memory whatever it serves: measured, docs/mysql-frames.md
        "--performance-schema=OFF",
        "--innodb-buffer-pool-size=32M",
        "--innodb-log-buffer-size=1M",
        "--key-buffer-size=1M",
        "--temptable-max-ram=64M",
        "--table-open-cache=400",
        "--innodb-buffer-pool-dump-at-shutdown=OFF",
        "--innodb-buffer-pool-load-at-startup=OFF",
        "--character-set-server=utf8mb4",
        .. FrameOption.Formatted(serverOptions),
    ];
}
