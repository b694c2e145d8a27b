using Stillframe.Connections;

namespace Stillframe.Loading;

/// <summary>
/// Who is who in a frame. <c>stillframe</c> loads the dump and so defines its views and routines; in the finished frame it is locked and may only read.
/// The reader is the one account that can connect over the network. <c>root</c> stays behind the socket, for a root of the container only.
/// </summary>
static class FrameAccounts
{
    public const string Definer = "stillframe";

    /// <summary>The account name as DEFINER clauses write it.</summary>
    public const string DefinerClause = "`stillframe`@`%`";

    /// <summary>
    /// The last thing done on the builder's connection: its own privileges go with the next start of the server.
    /// Rows instead of CREATE USER, because that writes the time of day into them.
    /// </summary>
    public static async Task SettleAsync(
        ServerConnection connection, ReaderAccount reader, IReadOnlyList<string> schemas, CancellationToken cancellationToken)
    {
        var account = $"{Sql.Literal(reader.User)}@'%'";
        var hash = new ServerCredentials(reader.User, reader.Password).NativePasswordHash();
        await connection.ExecuteAsync(
            $$"""INSERT INTO mysql.global_priv VALUES ('%', {{Sql.Literal(reader.User)}}, '{"access":0,"plugin":"mysql_native_password","authentication_string":"{{hash}}"}')""",
            cancellationToken);
        await connection.ExecuteAsync("FLUSH PRIVILEGES", cancellationToken);
        foreach (var schema in schemas)
        {
            await connection.ExecuteAsync($"GRANT SELECT, SHOW VIEW, EXECUTE ON {Sql.GrantPattern(schema)} TO {account}", cancellationToken);
            // what a routine needs that gathers its result in a temporary table, which a frame allows
            await connection.ExecuteAsync(
                $"GRANT SELECT, SHOW VIEW, EXECUTE, CREATE TEMPORARY TABLES ON {Sql.GrantPattern(schema)} TO {DefinerClause}", cancellationToken);
        }

        await connection.ExecuteAsync($"GRANT SELECT ON {Sql.GrantPattern(ImageTable.Schema)} TO {account}", cancellationToken);
        await connection.ExecuteAsync(
            $$"""
            UPDATE mysql.global_priv SET Priv = '{"access":0,"plugin":"mysql_native_password","authentication_string":"invalid","account_locked":true}'
            WHERE User = {{Sql.Literal(Definer)}}
            """,
            cancellationToken);
    }
}
