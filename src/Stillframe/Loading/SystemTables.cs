using System.Text;
using Stillframe.Connections;
using Stillframe.Engines;

namespace Stillframe.Loading;

/// <summary>
/// Makes the schema <c>mysql</c> with the server's own scripts, as mariadb-install-db does, less the help tables and the schema <c>sys</c>:
/// a frame is read by a service, and those cost megabytes.
/// </summary>
static class SystemTables
{
    static readonly string[] Scripts = ["mysql_system_tables.sql", "mysql_performance_tables.sql", "mysql_system_tables_data.sql"];

    /// <summary>A fixed clock, so that the rows of two builds are the same.</summary>
    const string FixedClock = "set timestamp=1000000000;\n";

    /// <param name="builder">The one account that can connect afterwards, with every privilege.</param>
    /// <param name="options">Options that shape the data (<see cref="DataShape"/>).</param>
    /// <exception cref="StillframeException">SF2005.</exception>
    public static async Task CreateAsync(
        IWorkbench workbench, ServerCredentials builder, IReadOnlyList<string> options, CancellationToken cancellationToken)
    {
        var input = new MemoryStream();
        input.Write(Encoding.UTF8.GetBytes(FixedClock + "create database mysql;\nuse mysql;\n"));
        foreach (var script in Scripts)
        {
            input.Write(await workbench.ReadShareFileAsync(script, cancellationToken));
            input.WriteByte((byte)'\n');
        }

        input.Write(Encoding.UTF8.GetBytes(Accounts(builder)));
        input.Position = 0;
        var result = await workbench.RunAsync(
            [
                "--bootstrap", $"--datadir={workbench.DataDirectory}", $"--tmpdir={workbench.RunDirectory}", "--skip-log-bin",
                "--innodb-stats-persistent=0", "--innodb-fast-shutdown=0", "--innodb-buffer-pool-dump-at-shutdown=0", .. options,
            ],
            input.CopyToAsync,
            cancellationToken);
        if (result.ExitCode != 0)
            throw new StillframeException(
                ErrorCodes.ServerStartFailed,
                $"{workbench.Release} could not make its system tables (exit code {result.ExitCode}). Its last words: {result.Said}");
    }

    /// <summary>
    /// One statement a line, as bootstrap mode reads them. Straight into the table: CREATE USER would write the time of day into it.
    /// </summary>
    static string Accounts(ServerCredentials builder) =>
        $$"""
        delete from global_priv where user <> 'mariadb.sys';
        delete from proxies_priv;
        insert into global_priv values ('localhost', 'root', '{"access":18446744073709551615,"plugin":"unix_socket"}');
        insert into global_priv values ('%', {{Sql.Literal(builder.User)}}, '{"access":18446744073709551615,"plugin":"mysql_native_password","authentication_string":"{{builder.NativePasswordHash()}}"}');

        """;
}
