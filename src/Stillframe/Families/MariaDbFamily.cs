using System.Globalization;
using Stillframe.Connections;
using Stillframe.Dumps;
using Stillframe.Engines;
using Stillframe.Freezing;
using Stillframe.Layers;
using Stillframe.Loading;
using Stillframe.Normalizing;

namespace Stillframe.Families;

/// <summary>MariaDB 10.11 and later.</summary>
sealed class MariaDbFamily : ServerFamily
{
    public override bool NormalizesAll => true;

    public override bool ExportsTables => true;

    public override bool RunsUnpacked => true;

    public override bool HidesWithoutGrants => false;

    public override IReadOnlyList<string> ScratchOptions => ScratchServer.Options();

    public override string ScratchGrants => ScratchServer.Grants;

    public override IReadOnlyList<LayerEntry> Links => [];

    public override IReadOnlyList<string> Unlocking => ["SET GLOBAL read_only = 0"];

    public override IReadOnlyList<string> Writes =>
    [
        "SET PASSWORD FOR root@localhost = PASSWORD('stillframe')",
        "INSERT INTO mysql.global_priv SELECT * FROM mysql.global_priv LIMIT 1",
    ];

    public override Task MakeDataDirectoryAsync(ISandbox sandbox, IReadOnlyList<string> options, CancellationToken cancellationToken) =>
        SystemTables.CreateAsync(sandbox, options, cancellationToken);

    public override IReadOnlyList<string> SchemaOptions => LoadServer.ForSchemas;

    public override FileNormalizer Normalizer(string directory) => FileNormalizer.For(directory);

    public override async Task<IReadOnlyDictionary<TableName, string>> FileNamesAsync(ServerConnection connection, CancellationToken cancellationToken)
    {
        const string Encoded = "CAST(CONVERT({0} USING filename) AS BINARY)";
        var schema = string.Format(CultureInfo.InvariantCulture, Encoded, "table_schema");
        var table = string.Format(CultureInfo.InvariantCulture, Encoded, "table_name");
        return (await connection.QueryAsync(
                $"SELECT table_schema, table_name, CONCAT({schema}, '/', {table}) FROM information_schema.tables WHERE table_type <> 'VIEW'", cancellationToken))
            .ToDictionary(row => new TableName(row[0]!, row[1]!), row => row[2]!);
    }

    public override Task<long?> CounterAsync(ServerConnection connection, TableName table, CancellationToken cancellationToken) => Task.FromResult<long?>(null);

    public override Task CountFromAsync(ServerConnection connection, TableName table, long counter, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("A table of MariaDB has its counter with it.");

    public override IReadOnlyList<string> BeforeRows => [];

    public override IReadOnlyList<string> AfterRows => [];

    public override IReadOnlyList<string> LoadOptions(long rowBytes) => LoadServer.Options(rowBytes);

    public override string AccountsSql(ServerAccounts accounts) => accounts.Sql();

    public override Task RequireUntouchedAsync(ServerConnection connection, CancellationToken cancellationToken) => PrivilegeRows.RequireAsync(connection, [], cancellationToken);

    public override Task ReplaceAccountsAsync(ServerConnection connection, ReaderAccount reader, IReadOnlyList<string> schemas, CancellationToken cancellationToken) =>
        FrameAccounts.ReplaceAccountsAsync(connection, reader, schemas, cancellationToken);

    public override void RemoveLeftovers(string directory) => Leftovers.Remove(directory);

    public override IReadOnlyList<string> FrameOptions(IReadOnlyDictionary<string, string> serverOptions) => ReadOnlyServer.Options(serverOptions);

    public override IReadOnlyList<string> HealthCheck(string admin) => ReadOnlyServer.HealthCheck(admin);

    public override bool Refuses(ServerException error) => false;

    public override IReadOnlyList<string> WritesTo(string schema, string attempt) =>
        [$"CREATE TABLE {schema}.{attempt} (a INT) ENGINE=Aria", $"CREATE SEQUENCE {schema}.{attempt}"];
}
