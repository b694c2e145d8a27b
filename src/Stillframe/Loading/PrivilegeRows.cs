using Stillframe.Connections;
using Stillframe.Dumps;

namespace Stillframe.Loading;

/// <summary>A row of the server that says who may do what, or what the server can do.</summary>
/// <param name="Table">Of the schema <c>mysql</c>.</param>
/// <param name="Object">Where the account has it; empty for everywhere.</param>
/// <param name="Value">What it has.</param>
sealed record PrivilegeRow(string Table, string Host, string Object, string User, string Value)
{
    public override string ToString() => $"mysql.{Table}: '{User}'@'{Host}' {Object}".TrimEnd();
}

/// <summary>
/// Compares the server's accounts, privileges, plugins, functions of libraries and other servers with those of a frame. A dump can change none of
/// them: its account has not the rights. So whatever is found here has come through both walls (docs/why-two-walls.md).
/// </summary>
static class PrivilegeRows
{
    /// <summary>The server's own account, which owns a view of the accounts, is known by being locked and by having nothing else.</summary>
    const string ServersOwn = "User = 'mariadb.sys' AND Host = 'localhost'";

    static readonly string[] Plain =
    [
        "SELECT 'global_priv', Host, '', User, Priv FROM mysql.global_priv WHERE NOT (" + ServersOwn
            + " AND JSON_VALUE(Priv, '$.access') = 0 AND JSON_EXTRACT(Priv, '$.account_locked') = true AND JSON_VALUE(Priv, '$.authentication_string') = '')",
        "SELECT 'tables_priv', Host, CONCAT(Db, '.', Table_name), User, CONCAT(Table_priv, Column_priv) FROM mysql.tables_priv"
            + " WHERE NOT (" + ServersOwn + " AND Db = 'mysql' AND Table_name = 'global_priv' AND Table_priv = 'Select,Delete' AND Column_priv = '')",
        "SELECT 'columns_priv', Host, CONCAT(Db, '.', Table_name, '.', Column_name), User, Column_priv FROM mysql.columns_priv",
        "SELECT 'procs_priv', Host, CONCAT(Db, '.', Routine_name), User, Proc_priv FROM mysql.procs_priv",
        "SELECT 'proxies_priv', Host, CONCAT(Proxied_user, '@', Proxied_host), User, With_grant FROM mysql.proxies_priv",
        "SELECT 'roles_mapping', Host, Role, User, Admin_option FROM mysql.roles_mapping",
        "SELECT 'plugin', '', name, '', dl FROM mysql.plugin",
        "SELECT 'func', '', name, '', dl FROM mysql.func",
        "SELECT 'servers', Host, Server_name, Username, Wrapper FROM mysql.servers",
        "SELECT 'event_scheduler', '', 'event_scheduler', '', @@event_scheduler FROM DUAL WHERE @@event_scheduler NOT IN ('OFF', 'DISABLED')",
        // whose code runs with whose rights; those of views and triggers can't be other, since the dump's account may name no other definer
        $"SELECT 'proc', '', CONCAT(db, '.', name), definer, type FROM mysql.proc WHERE definer NOT IN ('{FrameAccounts.Definer}@%', 'mariadb.sys@localhost')"
            + $" OR db IN ({ReservedSchemas.List}) AND definer <> 'mariadb.sys@localhost'",
        $"SELECT 'event', '', CONCAT(db, '.', name), definer, status FROM mysql.event WHERE definer <> '{FrameAccounts.Definer}@%' OR db IN ({ReservedSchemas.List})",
    ];

    /// <param name="more">Besides <see cref="FrameAccounts.Always"/>.</param>
    /// <exception cref="StillframeException">SF2011.</exception>
    public static async Task RequireAsync(ServerConnection connection, IReadOnlyList<PrivilegeRow> more, CancellationToken cancellationToken)
    {
        var expected = FrameAccounts.Always.Concat(more).ToHashSet();
        var found = await FoundAsync(connection, Plain, cancellationToken);
        found.AddRange(await NamedAsync(connection, "db", "Db", cancellationToken));
        Require(found, expected);
    }

    /// <exception cref="StillframeException">SF2011: they are not the same.</exception>
    public static void Require(IReadOnlyCollection<PrivilegeRow> found, IReadOnlyCollection<PrivilegeRow> expected)
    {
        if (found.Except(expected).FirstOrDefault() is { } surplus)
            throw Differ($"The server has a row that a frame does not have, {surplus}");
        if (expected.Except(found).FirstOrDefault() is { } lacking)
            throw Differ($"The server lacks a row that a frame has, or has another in its place, {lacking}");
    }

    /// <param name="queries">Each gives rows as <see cref="PrivilegeRow"/> has them.</param>
    public static async Task<List<PrivilegeRow>> FoundAsync(ServerConnection connection, IEnumerable<string> queries, CancellationToken cancellationToken)
    {
        var found = new List<PrivilegeRow>();
        foreach (var query in queries)
            foreach (var row in await connection.QueryAsync(query, cancellationToken))
                found.Add(new(row[0]!, row[1] ?? "", row[2] ?? "", row[3] ?? "", row[4] ?? ""));
        return found;
    }

    /// <summary>Names of a row's privileges instead of its twenty-odd columns, some of which only newer servers have.</summary>
    /// <param name="table">Of the schema <c>mysql</c>.</param>
    /// <param name="where">An expression for <see cref="PrivilegeRow.Object"/>.</param>
    public static async Task<IEnumerable<PrivilegeRow>> NamedAsync(ServerConnection connection, string table, string where, CancellationToken cancellationToken)
    {
        var columns = (await connection.QueryAsync(
            $"SELECT column_name FROM information_schema.columns WHERE table_schema = 'mysql' AND table_name = {Sql.Literal(table)} AND column_name LIKE '%\\_priv' ORDER BY ordinal_position",
            cancellationToken)).Select(row => row[0]!).ToList();
        var rows = await connection.QueryAsync($"SELECT Host, {where}, User, {string.Join(", ", columns.Select(Sql.Identifier))} FROM mysql.{table}", cancellationToken);
        return rows.Select(row => new PrivilegeRow(
            table, row[0]!, row[1]!, row[2]!,
            string.Join(", ", columns.Zip(row.Skip(3)).Where(column => column.Second == "Y").Select(column => column.First[..^"_priv".Length].Replace('_', ' ')))));
    }

    static StillframeException Differ(string what) => new(
        ErrorCodes.AccountsDiffer,
        $"{what}. A statement of the dump or of a script has made or changed an account, a privilege or code of the server itself: take it out, then build again.");
}
