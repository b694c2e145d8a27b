using Stillframe.Connections;
using Stillframe.Dumps;
using Stillframe.Families;

namespace Stillframe.Verification;

/// <summary>Tries every kind of write; a frame refuses each, whoever asks.</summary>
static class WriteAttempts
{
    /// <summary>
    /// The errors that refuse for the right reason: no privilege, or read-only. Anything else (a wrong table name, a foreign key)
    /// would only look like a refusal. Those of one family are its own (<see cref="ServerFamily.Refuses"/>). Numbers: MariaDB manual, "MariaDB Error Codes".
    /// </summary>
    static readonly HashSet<int> Refusals =
    [
        1, 6, 7, // a file can't be made, removed or renamed
        1005, 1006, 1008, 1010, 1025, 1036, // can't create table, create or drop schema, rename; table is read only
        1044, 1045, 1142, 1227, 1370, 1410, 1698, // access denied
        1238, 1290, 1577, 1836, // variable is read only; option prevents; event scheduler is off; running in read-only mode
    ];

    /// <summary>What they keep is in memory, and gone with the container: nothing of the frame changes.</summary>
    static readonly string[] VolatileEngines = ["MEMORY", "BLACKHOLE", "PERFORMANCE_SCHEMA"];

    /// <summary>What would be made.</summary>
    const string Attempt = "stillframe_attempt";

    /// <summary>A table to be written to.</summary>
    /// <param name="Type">As <c>information_schema.tables</c> has it, such as <c>BASE TABLE</c>.</param>
    sealed record Target(TableName Name, string Engine, string Type)
    {
        public override string ToString() => Sql.Table(Name);
    }

    /// <summary>The number of attempts, and those that the server accepted, or refused for another reason; none is what a frame promises.</summary>
    /// <param name="schemas">Of the dump.</param>
    public static async Task<(int Count, IReadOnlyList<string> Failures)> RunAsync(
        ServerConnection connection, ServerFamily family, IEnumerable<string> schemas, CancellationToken cancellationToken)
    {
        // a table that another refers to would be kept for that
        await connection.ExecuteAsync("SET SESSION foreign_key_checks = 0", cancellationToken);
        var statements = new List<string>();
        foreach (var target in await TargetsAsync(connection, schemas, cancellationToken))
            statements.AddRange(OfTable(target));
        foreach (var schema in schemas)
            statements.AddRange([.. OfSchema(Sql.Identifier(schema)), .. family.WritesTo(Sql.Identifier(schema), Attempt)]);
        statements.AddRange([.. OfServer, .. family.Writes]);

        var failures = new List<string>();
        foreach (var statement in statements)
        {
            try
            {
                await connection.ExecuteAsync(statement, cancellationToken);
                failures.Add($"accepted: {statement}");
            }
            catch (ServerException e) when (Refusals.Contains(e.Number) || family.Refuses(e))
            {
                // as promised
            }
            catch (ServerException e)
            {
                failures.Add($"{statement}: {e}");
            }
        }

        return (statements.Count, failures);
    }

    /// <summary>The first table of each kind in each schema, and the frame's own, which has a row: an engine refuses for itself.</summary>
    static async Task<IEnumerable<Target>> TargetsAsync(ServerConnection connection, IEnumerable<string> schemas, CancellationToken cancellationToken)
    {
        var names = string.Join(", ", schemas.Append(ReservedSchemas.Frame).Select(Sql.Literal));
        var rows = await connection.QueryAsync(
            $"SELECT table_schema, table_name, engine, table_type FROM information_schema.tables WHERE table_schema IN ({names}) AND engine IS NOT NULL ORDER BY BINARY table_schema, BINARY table_name",
            cancellationToken);
        return rows.Select(row => new Target(new(row[0]!, row[1]!), row[2]!, row[3]!))
            .Where(table => !VolatileEngines.Contains(table.Engine, StringComparer.OrdinalIgnoreCase))
            .DistinctBy(table => (table.Name.Schema, table.Engine, table.Type));
    }

    /// <summary>None needs a row or a column of a certain name, so that an empty table refuses for the same reason.</summary>
    static IEnumerable<string> OfTable(Target table)
    {
        var attempt = $"{Sql.Identifier(table.Name.Schema)}.{Attempt}";
        return table.Type switch
        {
            "SEQUENCE" =>
            [
                $"SELECT NEXTVAL({table})", // ALTER SEQUENCE … RESTART changes what that server has in memory, and no row
                $"DROP SEQUENCE {table}",
                $"RENAME TABLE {table} TO {attempt}",
            ],
            "BASE TABLE" =>
            [
                .. OfRows(table),
                $"TRUNCATE TABLE {table}",
                $"ALTER TABLE {table} ADD {Attempt} INT",
                $"DROP TABLE {table}",
                $"RENAME TABLE {table} TO {attempt}",
                $"CREATE TRIGGER {attempt} BEFORE INSERT ON {table} FOR EACH ROW SET @a = 1",
            ],
            _ => [.. OfRows(table), $"DROP TABLE {table}", $"RENAME TABLE {table} TO {attempt}"],
        };
    }

    static string[] OfRows(Target table) => [$"INSERT INTO {table} () VALUES ()", $"REPLACE INTO {table} () VALUES ()", $"DELETE FROM {table}"];

    static string[] OfSchema(string schema) =>
    [
        $"CREATE TABLE {schema}.{Attempt} (a INT) ENGINE=InnoDB",
        $"CREATE TABLE {schema}.{Attempt} (a INT) ENGINE=MyISAM",
        $"CREATE TABLE {schema}.{Attempt} (a INT) ENGINE=MEMORY",
        $"CREATE VIEW {schema}.{Attempt} AS SELECT 1",
        $"CREATE PROCEDURE {schema}.{Attempt}() SELECT 1",
        $"CREATE EVENT {schema}.{Attempt} ON SCHEDULE EVERY 1 DAY DO SELECT 1",
        $"DROP DATABASE {schema}",
        $"GRANT ALL ON {schema}.* TO root@localhost",
    ];

    static readonly string[] OfServer =
    [
        $"CREATE DATABASE {Attempt}",
        $"CREATE USER {Attempt}",
        "DROP USER root@localhost",
        "SET GLOBAL innodb_read_only = 0",
    ];
}
