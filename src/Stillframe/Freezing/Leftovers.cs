namespace Stillframe.Freezing;

/// <summary>What a server leaves behind and a frame does without.</summary>
static class Leftovers
{
    /// <summary>Patterns within the data directory itself.</summary>
    static readonly string[] Patterns =
    [
        "aria_log*", "ib_buffer_pool", "ibtmp1", "ddl_recovery*", "multi-master.info", "master.info", "relay-log.info", "*.err", "*.pid",
        "auto.cnf", "tc.log", "mysql_upgrade_info", "mariadb_upgrade_info", "debian-*.flag",
    ];

    /// <param name="directory">Of a server that was shut down cleanly.</param>
    public static void Remove(string directory)
    {
        foreach (var pattern in Patterns)
            foreach (var file in Directory.EnumerateFiles(directory, pattern))
                File.Delete(file);
    }
}
