using System.Globalization;
using System.Text;
using Stillframe.Connections;
using Stillframe.Dumps;
using Stillframe.Engines;
using Stillframe.Freezing;
using Stillframe.Layers;
using Stillframe.Loading;
using Stillframe.Normalizing;

namespace Stillframe.Families;

/// <summary>MySQL 8.0 and later. Its data dictionary is a tablespace of its own, in which every table has rows and times: that one is made anew with each frame. docs/mysql-frames.md.</summary>
sealed class MySqlFamily : ServerFamily
{
    public override bool NormalizesAll => false;

    public override bool ExportsTables => false;

    public override bool RunsUnpacked => false;

    public override bool HidesWithoutGrants => true;

    public override IReadOnlyList<string> ScratchOptions => MySqlOptions.Scratch;

    /// <summary>The same but for a privilege that MySQL has not.</summary>
    public override string ScratchGrants => ScratchServer.Grants.Replace(", Delete_history_priv='Y'", "", StringComparison.Ordinal);

    /// <summary>
    /// Keys of the server's own, an identity, and a trial of the file system: made at each start in the container, so that none is in the image. MySQL Reference Manual,
    /// "Creating SSL and RSA Certificates and Keys using MySQL"; "The Server ID and UUID".
    /// </summary>
    public override IReadOnlyList<LayerEntry> Links { get; } =
    [
        .. from name in (string[])["auto.cnf", "ca.pem", "ca-key.pem", "server-cert.pem", "server-key.pem", "client-cert.pem", "client-key.pem", "mysql_upgrade_history"]
           select new LayerEntry.Link(DataFile.PathInImage(name), $"{ReadOnlyServer.RunDirectory}/{name}"),
        new LayerEntry.Link(DataFile.PathInImage("mysqld_tmp_file_case_insensitive_test.lower-test"), $"{ReadOnlyServer.RunDirectory}/lower-test"),
    ];

    public override IReadOnlyList<string> Unlocking => ["SET GLOBAL super_read_only = 0", "SET GLOBAL read_only = 0"];

    public override IReadOnlyList<string> Writes =>
    [
        "ALTER USER root@localhost IDENTIFIED BY 'stillframe'",
        "INSERT INTO mysql.user SELECT * FROM mysql.user LIMIT 1",
        "SET PERSIST max_connections = 10",
        "INSTALL COMPONENT 'file://component_validate_password'",
    ];

    public override async Task MakeDataDirectoryAsync(ISandbox sandbox, IReadOnlyList<string> options, CancellationToken cancellationToken) =>
        SystemTables.RequireMade(sandbox, await sandbox.RunAsync([.. MySqlOptions.Initialize, .. options], null, cancellationToken));

    public override IReadOnlyList<string> SchemaOptions => MySqlOptions.Schema;

    public override FileNormalizer Normalizer(string directory) => FileNormalizer.ForTablesOf(directory);

    /// <summary>MySQL Reference Manual, "Mapping of Identifiers to File Names". Letters beyond ASCII have codes of which the server tells nothing.</summary>
    public override async Task<IReadOnlyDictionary<TableName, string>> FileNamesAsync(ServerConnection connection, CancellationToken cancellationToken) =>
        (from row in await connection.QueryAsync("SELECT table_schema, table_name FROM information_schema.tables WHERE table_type <> 'VIEW'", cancellationToken)
         where row.All(name => Ascii.IsValid(name))
         select new TableName(row[0]!, row[1]!)).ToDictionary(name => name, name => $"{FileName(name.Schema)}/{FileName(name.Name)}");

    static string FileName(string name) => string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_' ? $"{letter}" : $"@{(int)letter:x4}"));

    public override async Task<long?> CounterAsync(ServerConnection connection, TableName table, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync("SET information_schema_stats_expiry = 0", cancellationToken); // not what was noted when it was asked for before
        return await connection.QueryAsync($"SELECT auto_increment FROM information_schema.tables WHERE {Sql.IsTable(table)}", cancellationToken) is [[{ } counter]]
            ? long.Parse(counter, CultureInfo.InvariantCulture)
            : null;
    }

    public override async Task CountFromAsync(ServerConnection connection, TableName table, long counter, CancellationToken cancellationToken)
    {
        if (await CounterAsync(connection, table, cancellationToken) == counter)
            return; // the dump says so where it makes the table
        await connection.ExecuteAsync("SET sql_mode = ''", cancellationToken); // the definition is taken as it is
        await connection.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"ALTER TABLE {Sql.Table(table)} AUTO_INCREMENT = {counter}, ALGORITHM = INPLACE"), cancellationToken);
    }

    /// <summary>MySQL Reference Manual, "Disabling Redo Logging".</summary>
    public override IReadOnlyList<string> BeforeRows => ["ALTER INSTANCE DISABLE INNODB REDO_LOG"];

    public override IReadOnlyList<string> AfterRows => ["ALTER INSTANCE ENABLE INNODB REDO_LOG"];

    public override IReadOnlyList<string> LoadOptions(long rowBytes) => MySqlOptions.Load(rowBytes);

    public override string AccountsSql(ServerAccounts accounts) => MySqlAccounts.Sql(accounts);

    public override Task RequireUntouchedAsync(ServerConnection connection, CancellationToken cancellationToken) => MySqlAccounts.RequireUntouchedAsync(connection, cancellationToken);

    public override Task ReplaceAccountsAsync(ServerConnection connection, ReaderAccount reader, IReadOnlyList<string> schemas, CancellationToken cancellationToken) =>
        MySqlAccounts.ReplaceAsync(connection, reader, schemas, cancellationToken);

    public override void RemoveLeftovers(string directory)
    {
        Leftovers.Remove(directory);
        foreach (var (place, pattern) in ((string, string)[])[("", "*.pem"), ("", "binlog.*"), ("", "mysql_upgrade_history"), ("", "#ib_*.dblwr"), ("", "#ib_*.bdblwr"), ("#innodb_redo", "*_tmp"), ("#innodb_temp", "*")])
            if (Path.Combine(directory, place) is var path && Directory.Exists(path))
                foreach (var file in Directory.EnumerateFiles(path, pattern))
                    File.Delete(file);
    }

    public override IReadOnlyList<string> FrameOptions(IReadOnlyDictionary<string, string> serverOptions) => MySqlOptions.Frame(serverOptions);

    public override IReadOnlyList<string> HealthCheck(string admin) => ReadOnlyServer.HealthCheck(admin, "mysql.sys");

    /// <summary>MySQL Error Message Reference. 165 is <c>HA_ERR_TABLE_READONLY</c> of its <c>my_base.h</c>.</summary>
    public override bool Refuses(ServerException error) => error.Number switch
    {
        1015 or 3501 or 3544 => error.Message.Contains("165", StringComparison.Ordinal), // a lock, accounts, components
        3549 => true, // a variable can't be kept in the data directory
        3604 => true, // the engine drops no table
        _ => false,
    };

    public override IReadOnlyList<string> WritesTo(string schema, string attempt) => [$"CREATE TABLE {schema}.{attempt} (a INT) ENGINE=CSV", $"ALTER DATABASE {schema} READ ONLY = 1"];
}
