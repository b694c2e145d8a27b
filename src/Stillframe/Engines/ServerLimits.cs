namespace Stillframe.Engines;

/// <summary>Options that keep a throw-away server from what lies outside of it, whoever asks.</summary>
static class ServerLimits
{
    /// <param name="emptyDirectory">In which the server can't write either.</param>
    public static IReadOnlyList<string> Options(string emptyDirectory) =>
    [
        // LOAD_FILE, LOAD DATA INFILE, INTO OUTFILE and INTO DUMPFILE: within this directory only
        $"--secure-file-priv={emptyDirectory}",
        // INSTALL PLUGIN, CREATE FUNCTION … SONAME, and storage engines that reach other servers and files (CONNECT, FEDERATED, SPIDER): none needed here
        $"--plugin-dir={emptyDirectory}",
        // DATA DIRECTORY and INDEX DIRECTORY
        "--skip-symbolic-links",
        "--event-scheduler=OFF",
        "--skip-slave-start",
        "--max-connections=40",
    ];

    /// <inheritdoc cref="Options"/>
    public static IReadOnlyList<string> OfMySql(string emptyDirectory) =>
    [
        $"--secure-file-priv={emptyDirectory}",
        $"--plugin-dir={emptyDirectory}",
        "--event-scheduler=OFF",
        "--skip-replica-start",
        "--mysqlx=OFF", // another port, and a protocol that nothing here speaks
        "--max-connections=40",
    ];
}
