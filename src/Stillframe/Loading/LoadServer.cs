namespace Stillframe.Loading;

/// <summary>Options of the throw-away server: nothing it does must survive a crash, since a crash fails the build.</summary>
static class LoadServer
{
    /// <summary>More pages than there are: all are counted, none is drawn at random.</summary>
    public static IReadOnlyList<string> ForStatistics { get; } = ["--innodb-stats-persistent=1", "--innodb-stats-persistent-sample-pages=1000000000"];

    /// <param name="rowBytes">Bytes of row text to be loaded: a redo log of that size never makes the server wait for its pages to be written.</param>
    public static IReadOnlyList<string> Options(long rowBytes) =>
    [
        "--innodb-flush-log-at-trx-commit=0",
        "--skip-innodb-doublewrite",
        "--innodb-flush-method=nosync",
        $"--innodb-buffer-pool-size={BufferPoolBytes(rowBytes, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)}",
        .. ThrowAway,
        "--innodb-buffer-pool-dump-at-shutdown=0",
        "--innodb-buffer-pool-load-at-startup=0",
        $"--innodb-log-file-size={RedoBytes(rowBytes) >> 20}M",
        TemporaryTables,
        "--innodb-log-buffer-size=16M",
        "--innodb-fast-shutdown=0",
        // a bulk load makes its thread look at the table again and again, which cost more than the load; ANALYZE TABLE comes at the end
        "--innodb-stats-auto-recalc=0",
        .. ForStatistics,
        // a full-text index that is written when its cache is full, by a thread of its own, differs from load to load
        "--innodb-ft-cache-size=80000000",
        "--innodb-ft-total-cache-size=1600000000",
        "--local-infile=1",
        "--skip-log-bin",
        "--skip-slave-start",
        "--skip-name-resolve",
        "--log-bin-trust-function-creators=1",
        "--max-allowed-packet=1G",
        "--net-read-timeout=3600",
        "--net-write-timeout=3600",
        "--wait-timeout=86400",
        "--character-set-server=utf8mb4",
        "--performance-schema=off",
    ];

    /// <summary>It is written full at each start and grows where it has to; 5 MiB is the least that InnoDB takes.</summary>
    public const string TemporaryTables = "--innodb-temp-data-file-path=ibtmp1:5M:autoextend";

    /// <summary>The smallest that InnoDB takes, where little is written: otherwise it makes one of 96 MiB.</summary>
    public const string SmallestRedoLog = "--innodb-log-file-size=4M";

    /// <summary>
    /// For every server that ends with the build. Nothing waits for a disk: each file of a table would be synchronised several times, which took longer than all else. And
    /// caches of engines that have few tables or none are small: they are cleared at each start, which took as long as the rest of it.
    /// </summary>
    public static IReadOnlyList<string> ThrowAway { get; } = ["--loose-debug-no-sync", "--key-buffer-size=1M", "--aria-pagecache-buffer-size=8M"];

    /// <summary>Of the server in which a schema is made: everything that it does is the same in every build. docs/why-normalise-pages.md has the reason for each.</summary>
    public static IReadOnlyList<string> ForSchemas { get; } =
    [
        SmallestRedoLog, // a frame writes none
        TemporaryTables,
        "--innodb-stats-persistent=0",
        "--innodb-stats-auto-recalc=0",
        "--innodb-purge-threads=1",
        "--innodb-fast-shutdown=0",
        "--innodb-buffer-pool-size=64M",
        .. ThrowAway,
        "--innodb-buffer-pool-dump-at-shutdown=0",
        "--innodb-buffer-pool-load-at-startup=0",
        "--innodb-flush-log-at-trx-commit=0",
        "--innodb-flush-method=nosync",
        "--skip-log-bin",
        "--skip-slave-start",
        "--skip-name-resolve",
        "--log-bin-trust-function-creators=1",
        "--max-allowed-packet=1G",
        "--wait-timeout=86400",
        "--local-infile=0",
        "--character-set-server=utf8mb4",
        "--performance-schema=off",
    ];

    /// <summary>The file is written full before the server answers: small dumps should not pay for room that only larger ones need.</summary>
    internal static long RedoBytes(long rowBytes) => Math.Min(Math.Max(rowBytes, Math.Min(32L << 20, (8L << 20) + 4 * rowBytes)), 1L << 30);

    /// <summary>
    /// Room for the rows with their indexes and to spare, at most an eighth of the machine's (or its cgroup's) memory, which counts as 128 MiB to 4 GiB: what a server notes
    /// about each page of its pool it writes at its start.
    /// </summary>
    internal static long BufferPoolBytes(long rowBytes, long memoryBytes) =>
        Math.Min((64L << 20) + 6 * rowBytes, Math.Clamp(memoryBytes / 8, 128L << 20, 4L << 30)) >> 24 << 24;
}
