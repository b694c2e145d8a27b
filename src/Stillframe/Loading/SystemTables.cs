using System.Text;
using Stillframe.Engines;
using Stillframe.Processes;

namespace Stillframe.Loading;

/// <summary>
/// Makes the schema <c>mysql</c> with the server's own scripts, as mariadb-install-db does, less the help tables and the schema <c>sys</c>:
/// a frame is read by a service, and those cost megabytes. Nobody can connect afterwards (<see cref="ServerAccounts"/>).
/// </summary>
static class SystemTables
{
    static readonly string[] Scripts = ["mysql_system_tables.sql", "mysql_performance_tables.sql", "mysql_system_tables_data.sql"];

    /// <summary>A fixed clock, so that the rows of two builds are the same.</summary>
    const string FixedClock = "set timestamp=1000000000;\n";

    /// <param name="options">Options that decide about files (<see cref="StorageOptions"/>).</param>
    /// <exception cref="StillframeException">SF2005.</exception>
    public static async Task CreateAsync(
        ISandbox sandbox, IReadOnlyList<string> options, CancellationToken cancellationToken)
    {
        var input = new MemoryStream(await ScriptAsync(sandbox, cancellationToken));
        var result = await sandbox.RunAsync(
            [
                "--bootstrap", $"--datadir={sandbox.DataDirectory}", $"--tmpdir={sandbox.RunDirectory}", "--skip-log-bin",
                "--innodb-stats-persistent=0", "--innodb-fast-shutdown=0", "--innodb-buffer-pool-dump-at-shutdown=0", LoadServer.TemporaryTables, LoadServer.SmallestRedoLog, .. LoadServer.ThrowAway, .. options,
            ],
            input.CopyToAsync,
            cancellationToken);
        RequireMade(sandbox, result);
    }

    /// <exception cref="StillframeException">SF2005: the server that was to make them failed.</exception>
    public static void RequireMade(ISandbox sandbox, ProcessResult result)
    {
        if (result.ExitCode != 0)
            throw new StillframeException(
                ErrorCodes.ServerStartFailed,
                $"{sandbox.Release} could not make its system tables (exit code {result.ExitCode}). Its last words: {result.AllOutput}");
    }

    /// <summary>All that makes them.</summary>
    public static async Task<byte[]> ScriptAsync(ISandbox sandbox, CancellationToken cancellationToken)
    {
        var script = new MemoryStream();
        script.Write(Encoding.UTF8.GetBytes(FixedClock + "create database mysql;\nuse mysql;\n"));
        foreach (var name in Scripts)
        {
            script.Write(await sandbox.ReadShareFileAsync(name, cancellationToken));
            script.WriteByte((byte)'\n');
        }

        script.Write(Encoding.UTF8.GetBytes(FrameAccounts.Initial));
        return script.ToArray();
    }
}
