using Stillframe.Connections;
using Stillframe.Dumps;

namespace Stillframe.Loading;

/// <summary>
/// Who is who in a frame. <c>stillframe</c> loads the dump and so defines its views and routines; in the finished frame it is locked and may only read.
/// The reader is the one account that can connect over the network. <c>root</c> stays behind the socket, for a root of the container only.
/// </summary>
static class FrameAccounts
{
    public const string Definer = "stillframe";

    /// <summary>The account name as DEFINER clauses write it.</summary>
    public const string DefinerClause = $"`{Definer}`@`%`";

    /// <summary>How the row of an account that nobody can use says what it may do.</summary>
    public const string Locked = """{"access":0,"plugin":"mysql_native_password","authentication_string":"invalid","account_locked":true}""";

    const string Root = """{"access":18446744073709551615,"plugin":"unix_socket"}""";

    /// <summary>
    /// The accounts of a data directory without data: one statement a line, as bootstrap mode reads them, and straight into the table, because
    /// CREATE USER would write the time of day into it.
    /// </summary>
    public const string Initial = $"""
        delete from global_priv where user <> 'mariadb.sys';
        delete from proxies_priv;
        insert into global_priv values ('localhost', 'root', '{Root}');
        insert into global_priv values ('%', '{Definer}', '{Locked}');

        """;

    /// <summary>
    /// The last thing done on the builder's connection: all privileges of its own go with the next start of the server.
    /// </summary>
    /// <exception cref="StillframeException">SF2011: something has been done to accounts, or to what the server could do, that is not in every frame.</exception>
    public static async Task ReplaceAccountsAsync(
        ServerConnection connection, ReaderAccount reader, IReadOnlyList<string> schemas, CancellationToken cancellationToken)
    {
        await PrivilegeRows.RequireAsync(connection, [], cancellationToken);
        var hash = new ServerCredentials(reader.User, reader.Password).NativePasswordHash();
        var privileges = $$"""{"access":0,"plugin":"mysql_native_password","authentication_string":"{{hash}}"}""";
        await connection.ExecuteAsync($"INSERT INTO mysql.global_priv VALUES ('%', {Sql.Literal(reader.User)}, '{privileges}')", cancellationToken);
        await connection.ExecuteAsync("FLUSH PRIVILEGES", cancellationToken);
        foreach (var grant in Grants(reader.User, schemas))
            await connection.ExecuteAsync(grant, cancellationToken);
        // GRANT writes the server's version into the rows of accounts, too
        foreach (var (user, row) in (IEnumerable<(string, string)>)[(reader.User, privileges), (Definer, Locked)])
            await connection.ExecuteAsync($"UPDATE mysql.global_priv SET Priv = '{row}' WHERE User = {Sql.Literal(user)}", cancellationToken);
        await PrivilegeRows.RequireAsync(connection, [new("global_priv", "%", "", reader.User, privileges), .. Granted(reader.User, schemas)], cancellationToken);
    }

    /// <summary>An account as statements write it.</summary>
    public static string Name(string user) => $"{Sql.Literal(user)}@'%'";

    /// <summary>Statements that give the reader and the definer what they have in a frame.</summary>
    public static IEnumerable<string> Grants(string reader, IReadOnlyList<string> schemas)
    {
        foreach (var schema in schemas)
        {
            yield return $"GRANT SELECT, SHOW VIEW, EXECUTE ON {Sql.GrantPattern(schema)} TO {Name(reader)}";
            // what a routine needs that gathers its result in a temporary table, which a frame allows
            yield return $"GRANT SELECT, SHOW VIEW, EXECUTE, CREATE TEMPORARY TABLES ON {Sql.GrantPattern(schema)} TO {DefinerClause}";
        }

        yield return $"GRANT SELECT ON {Sql.GrantPattern(ReservedSchemas.Frame)} TO {Name(reader)}";
    }

    /// <summary>The rows that <see cref="Grants"/> make.</summary>
    public static IEnumerable<PrivilegeRow> Granted(string reader, IReadOnlyList<string> schemas)
    {
        foreach (var schema in schemas)
        {
            yield return new("db", "%", Pattern(schema), reader, "Select, Show view, Execute");
            yield return new("db", "%", Pattern(schema), Definer, "Select, Create tmp table, Show view, Execute");
        }

        yield return new("db", "%", Pattern(ReservedSchemas.Frame), reader, "Select");
    }

    /// <summary>What every frame has, whoever its reader is.</summary>
    public static IReadOnlyList<PrivilegeRow> Always { get; } = [new("global_priv", "localhost", "", "root", Root), new("global_priv", "%", "", Definer, Locked)];

    static string Pattern(string schema) => Sql.GrantPattern(schema)[1..^3].Replace("``", "`", StringComparison.Ordinal);
}
