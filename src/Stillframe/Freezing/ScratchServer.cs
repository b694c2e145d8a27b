namespace Stillframe.Freezing;

/// <summary>
/// What makes a writable server of a frame's command line: options that come after those of <see cref="ReadOnlyServer"/>, of which the last one counts. What is
/// written is gone with the server, so it never waits for a disk. docs/testing.md.
/// </summary>
static class ScratchServer
{
    /// <summary>
    /// Owns the frame's files, and so may write them; without the capabilities that make a root of it. The server's own check for a root is answered
    /// by <see cref="AsRoot"/>.
    /// </summary>
    public const string User = "0:0";

    public const string AsRoot = "--user=root";

    /// <param name="dataDirectory">Where it may write.</param>
    public static IReadOnlyList<string> Options(string dataDirectory = ReadOnlyServer.DataDirectory) =>
    [
        "--innodb-read-only=OFF",
        "--read-only=OFF",
        "--default-tmp-storage-engine=InnoDB",
        // the frame's own is as small, and one of another size would be made at each start
        "--innodb-log-file-size=4M",
        "--innodb-flush-log-at-trx-commit=0",
        "--innodb-doublewrite=OFF",
        "--loose-innodb-flush-method=nosync",
        // beside the data, and not in memory with the socket
        $"--aria-log-dir-path={dataDirectory}",
        "--aria-log-file-size=8M",
    ];

    /// <summary>
    /// Lets those write who may read in a frame: its reader, and the one who defines its views, triggers and routines. One statement a line, as
    /// <c>--init-file</c> reads them; no name and no password is in it, so it is the same for all frames.
    /// </summary>
    public const string Grants = $"""
        UPDATE mysql.db SET Insert_priv='Y', Update_priv='Y', Delete_priv='Y', Create_priv='Y', Drop_priv='Y', References_priv='Y', Index_priv='Y', Alter_priv='Y', Create_tmp_table_priv='Y', Lock_tables_priv='Y', Create_view_priv='Y', Create_routine_priv='Y', Alter_routine_priv='Y', Event_priv='Y', Trigger_priv='Y', Delete_history_priv='Y' WHERE Db <> '{Dumps.ReservedSchemas.Frame}';
        FLUSH PRIVILEGES;

        """;
}
