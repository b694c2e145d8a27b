using Stillframe.Connections;

namespace Stillframe.Verification;

/// <summary>Tries every kind of write; a frame refuses each, whoever asks.</summary>
static class WriteAttempts
{
    /// <summary>
    /// The errors that refuse for the right reason: no privilege, or read-only. Anything else (a wrong table name, a foreign key)
    /// would only look like a refusal. Numbers: MariaDB manual, "MariaDB Error Codes".
    /// </summary>
    static readonly HashSet<int> Refusals =
    [
        1, 6, // a file can't be made or removed
        1005, 1006, 1008, 1010, 1025, 1036, // can't create table, create or drop schema, rename; table is read only
        1044, 1045, 1142, 1227, 1370, 1410, 1698, // access denied
        1238, 1290, 1577, 1836, // variable is read only; option prevents; event scheduler is off; running in read-only mode
    ];

    /// <summary>Attempts that the server accepted, or refused for another reason; empty is what a frame promises.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(ServerConnection connection, FrameTable table, CancellationToken cancellationToken)
    {
        var failures = new List<string>();
        foreach (var statement in Statements(table))
        {
            try
            {
                await connection.ExecuteAsync(statement, cancellationToken);
                failures.Add($"accepted: {statement}");
            }
            catch (ServerException e) when (Refusals.Contains(e.Number))
            {
                // as promised
            }
            catch (ServerException e)
            {
                failures.Add($"{statement}: {e}");
            }
        }

        return failures;
    }

    public static int Count(FrameTable table) => Statements(table).Length;

    static string[] Statements(FrameTable table)
    {
        var (name, schema) = (Sql.Table(table.Schema, table.Name), Sql.Identifier(table.Schema));
        return
        [
            $"INSERT INTO {name} SELECT * FROM {name} LIMIT 1",
            $"DELETE FROM {name}",
            $"DROP TABLE {name}",
            $"ALTER TABLE {name} ADD stillframe_attempt INT",
            $"RENAME TABLE {name} TO {schema}.stillframe_attempt",
            $"CREATE TABLE {schema}.stillframe_attempt (a INT) ENGINE=InnoDB",
            $"CREATE TABLE {schema}.stillframe_attempt (a INT) ENGINE=MyISAM",
            $"CREATE TABLE {schema}.stillframe_attempt (a INT) ENGINE=Aria",
            $"CREATE TABLE {schema}.stillframe_attempt (a INT) ENGINE=MEMORY",
            $"CREATE VIEW {schema}.stillframe_attempt AS SELECT 1",
            $"CREATE TRIGGER {schema}.stillframe_attempt BEFORE INSERT ON {name} FOR EACH ROW SET @a = 1",
            $"CREATE PROCEDURE {schema}.stillframe_attempt() SELECT 1",
            $"CREATE EVENT {schema}.stillframe_attempt ON SCHEDULE EVERY 1 DAY DO SELECT 1",
            "CREATE DATABASE stillframe_attempt",
            $"DROP DATABASE {schema}",
            "CREATE USER stillframe_attempt",
            "DROP USER root@localhost",
            "SET PASSWORD FOR root@localhost = PASSWORD('stillframe')",
            $"GRANT ALL ON {schema}.* TO root@localhost",
            "INSERT INTO mysql.global_priv SELECT * FROM mysql.global_priv LIMIT 1",
            "SET GLOBAL innodb_read_only = 0",
        ];
    }
}
