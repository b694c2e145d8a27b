using Stillframe.Connections;
using Stillframe.Dumps;
using Stillframe.Loading;

namespace Stillframe.Families;

/// <summary>Who is who in a throw-away MySQL server and in the frame that is made of it; see <see cref="ServerAccounts"/> and <see cref="FrameAccounts"/>.</summary>
static class MySqlAccounts
{
    /// <summary>Accounts that the server makes for itself: locked, and without a password that fits anything.</summary>
    const string ServersOwn = "'mysql.infoschema', 'mysql.session', 'mysql.sys'";

    const string Plugin = Authentication.CachingSha2;

    static readonly string[] queries =
    [
        $"SELECT 'tables_priv', Host, CONCAT(Db, '.', Table_name), User, CONCAT(Table_priv, Column_priv) FROM mysql.tables_priv WHERE NOT (User IN ({ServersOwn}) AND Host = 'localhost' AND Table_priv = 'Select')",
        "SELECT 'columns_priv', Host, CONCAT(Db, '.', Table_name, '.', Column_name), User, Column_priv FROM mysql.columns_priv",
        "SELECT 'procs_priv', Host, CONCAT(Db, '.', Routine_name), User, Proc_priv FROM mysql.procs_priv",
        "SELECT 'proxies_priv', Host, CONCAT(Proxied_user, '@', Proxied_host), User, With_grant FROM mysql.proxies_priv WHERE NOT (User = 'root' AND Host = 'localhost')",
        $"SELECT 'global_grants', Host, Priv, User, '' FROM mysql.global_grants WHERE User NOT IN ('root', {ServersOwn}) OR Host <> 'localhost'",
        "SELECT 'role_edges', From_host, From_user, To_user, To_host FROM mysql.role_edges",
        "SELECT 'default_roles', Host, Default_role_user, User, Default_role_host FROM mysql.default_roles",
        "SELECT 'plugin', '', name, '', dl FROM mysql.plugin",
        "SELECT 'component', '', component_urn, '', '' FROM mysql.component",
        "SELECT 'func', '', name, '', dl FROM mysql.func",
        "SELECT 'servers', Host, Server_name, Username, Wrapper FROM mysql.servers",
        "SELECT 'event_scheduler', '', 'event_scheduler', '', @@event_scheduler FROM DUAL WHERE @@event_scheduler NOT IN ('OFF', 'DISABLED')",
        $"SELECT 'routines', '', CONCAT(routine_schema, '.', routine_name), definer, routine_type FROM information_schema.routines WHERE definer <> '{FrameAccounts.Definer}@%' AND definer <> 'mysql.sys@localhost'"
            + $" OR routine_schema IN ({ReservedSchemas.List}) AND definer <> 'mysql.sys@localhost'",
        $"SELECT 'events', '', CONCAT(event_schema, '.', event_name), definer, status FROM information_schema.events WHERE definer <> '{FrameAccounts.Definer}@%' OR event_schema IN ({ReservedSchemas.List})",
    ];

    /// <summary>For <c>--init-file</c>: passwords live as long as this run of the server, which may not be the first, and root is nobody's from here on.</summary>
    public static string Sql(ServerAccounts accounts) =>
        $"""
        CREATE USER IF NOT EXISTS {FrameAccounts.Name(ServerAccounts.BuilderName)}, {FrameAccounts.DefinerClause};
        ALTER USER {FrameAccounts.Name(ServerAccounts.BuilderName)} IDENTIFIED WITH {Plugin} BY {Connections.Sql.Literal(accounts.Builder.Password)};
        GRANT ALL ON *.* TO {FrameAccounts.Name(ServerAccounts.BuilderName)} WITH GRANT OPTION;
        ALTER USER {FrameAccounts.DefinerClause} IDENTIFIED WITH {Plugin} BY {Connections.Sql.Literal(accounts.Author.Password)};
        {string.Join('\n', accounts.Schemas.Select(schema => $"GRANT ALL ON {Connections.Sql.GrantPattern(schema)} TO {FrameAccounts.DefinerClause};"))}
        ALTER USER 'root'@'localhost' IDENTIFIED WITH {Plugin} BY {Connections.Sql.Literal(accounts.Builder.Password)} ACCOUNT LOCK;

        """;

    /// <inheritdoc cref="ServerFamily.RequireUntouchedAsync"/>
    public static async Task RequireUntouchedAsync(ServerConnection connection, CancellationToken cancellationToken)
    {
        var found = await FoundAsync(connection, cancellationToken);
        found.RemoveAll(row => row is { Table: "global_grants", User: ServerAccounts.BuilderName } or { Table: "db", User: FrameAccounts.Definer });
        PrivilegeRows.Require(found, [Root, User(ServerAccounts.BuilderName, isLocked: false), User(FrameAccounts.Definer, isLocked: false)]);
    }

    /// <inheritdoc cref="ServerFamily.ReplaceAccountsAsync"/>
    public static async Task ReplaceAsync(ServerConnection connection, ReaderAccount reader, IReadOnlyList<string> schemas, CancellationToken cancellationToken)
    {
        await RequireUntouchedAsync(connection, cancellationToken);
        foreach (var statement in (IEnumerable<string>)
        [
            $"REVOKE ALL PRIVILEGES, GRANT OPTION FROM {FrameAccounts.DefinerClause}",
            $"ALTER USER {FrameAccounts.DefinerClause} ACCOUNT LOCK",
            $"CREATE USER {FrameAccounts.Name(reader.User)} IDENTIFIED WITH {Plugin} BY {Connections.Sql.Literal(reader.Password)}",
            .. FrameAccounts.Grants(reader.User, schemas),
            $"DROP USER {FrameAccounts.Name(ServerAccounts.BuilderName)}", // this connection keeps what it may
        ])
            await connection.ExecuteAsync(statement, cancellationToken);
        PrivilegeRows.Require(
            await FoundAsync(connection, cancellationToken),
            [Root, User(reader.User, isLocked: false), User(FrameAccounts.Definer, isLocked: true), .. FrameAccounts.Granted(reader.User, schemas)]);
    }

    /// <summary>All that somebody has, but for what the server's own accounts have, who are locked.</summary>
    static async Task<List<PrivilegeRow>> FoundAsync(ServerConnection connection, CancellationToken cancellationToken)
    {
        var found = await PrivilegeRows.FoundAsync(connection, queries, cancellationToken);
        // everywhere: root and the builder everything, and nobody else anything
        found.AddRange(from row in await PrivilegeRows.NamedAsync(connection, "user", "CONCAT(account_locked, ' ', plugin)", cancellationToken)
                       where !(IsServersOwn(row) && row.Object.StartsWith('Y'))
                       select row.User is "root" or ServerAccounts.BuilderName ? row with { Value = "" } : row);
        found.AddRange((await PrivilegeRows.NamedAsync(connection, "db", "Db", cancellationToken)).Where(row => !IsServersOwn(row)));
        return found;
    }

    static bool IsServersOwn(PrivilegeRow row) => row.Host == "localhost" && ServersOwn.Contains($"'{row.User}'", StringComparison.Ordinal);

    static PrivilegeRow Root => User("root", isLocked: true, "localhost");

    static PrivilegeRow User(string name, bool isLocked, string host = "%") => new("user", host, $"{(isLocked ? 'Y' : 'N')} {Plugin}", name, "");
}
