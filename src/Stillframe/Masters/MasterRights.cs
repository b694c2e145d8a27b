using Stillframe.Connections;

namespace Stillframe.Masters;

/// <summary>
/// What an account has to be allowed for a dump to be whole. A server leaves out of its lists, without a word, what an account has no right to see: tables, triggers, routines.
/// </summary>
static class MasterRights
{
    const string Select = "SELECT", ShowView = "SHOW VIEW", Trigger = "TRIGGER", Event = "EVENT";

    /// <summary>Error of a server that was started with <c>--skip-grant-tables</c>, which lets everybody do everything.</summary>
    const int NoGrants = 1290;

    /// <exception cref="StillframeException">SF5005, with the statements that give what is missing; SF5001, SF5002.</exception>
    public static async Task RequireAsync(MasterSession session, IReadOnlyList<MasterSchema> schemas, CancellationToken cancellationToken)
    {
        Grants grants;
        try
        {
            grants = Grants.Parse((await session.QueryAsync("SHOW GRANTS", cancellationToken)).Select(row => row[0]!));
        }
        catch (StillframeException e) when (e.InnerException is ServerException { Number: NoGrants })
        {
            return;
        }

        var missing = schemas.SelectMany(schema => Missing(grants, schema, session)).Distinct().ToList();
        if (missing.Count == 0)
            return;
        var account = await AccountAsync(session, cancellationToken);
        throw new StillframeException(
            ErrorCodes.MasterRightsMissing,
            $"The account {account} may not see all that a dump of {string.Join(", ", schemas.Select(schema => Sql.Identifier(schema.Name)))} has to have, and the master would leave it out without a word. "
            + $"On the master: {string.Join(" ", missing.Select(grant => $"GRANT {grant} TO {account};"))}");
    }

    /// <summary>The statement that lets the account see the text of a schema's routines.</summary>
    public static async Task<string> GrantOfRoutinesAsync(MasterSession session, string schema, CancellationToken cancellationToken) =>
        $"GRANT {OfRoutines(schema, session)} TO {await AccountAsync(session, cancellationToken)};";

    static IEnumerable<string> Missing(Grants grants, MasterSchema schema, MasterSession session)
    {
        string[] needed = schema.Views.Count > 0 ? [Select, ShowView, Trigger, Event] : [Select, Trigger, Event];
        var missing = needed.Where(privilege => !grants.Have(privilege, schema.Name)).ToList();
        if (missing.Count > 0)
            yield return $"{string.Join(", ", missing)} ON {Sql.GrantPattern(schema.Name)}";
        if (!SeeRoutines(grants, schema.Name, session))
            yield return OfRoutines(schema.Name, session);
    }

    /// <summary>Whether the server lists all routines; whether it also shows their text is seen where there are any.</summary>
    static bool SeeRoutines(Grants grants, string schema, MasterSession session) =>
        grants.Have("EXECUTE", schema) || grants.Have("ALTER ROUTINE", schema) || grants.HaveEverywhere(Select)
        || (session.IsMariaDb ? grants.Have("SHOW CREATE ROUTINE", schema) || grants.Have(Select, "mysql", "proc") : grants.HaveEverywhere("SHOW_ROUTINE"));

    /// <summary>The least that there is.</summary>
    static string OfRoutines(string schema, MasterSession session) => session switch
    {
        { IsMariaDb: true } when session.Release >= new Version(11, 3) => $"SHOW CREATE ROUTINE ON {Sql.GrantPattern(schema)}",
        { IsMariaDb: true } => "SELECT ON `mysql`.`proc`",
        _ when session.Release >= new Version(8, 0, 20) => "SHOW_ROUTINE ON *.*",
        _ => "SELECT ON *.*",
    };

    static async Task<string> AccountAsync(MasterSession session, CancellationToken cancellationToken)
    {
        var account = (await session.QueryAsync("SELECT CURRENT_USER()", cancellationToken))[0][0]!;
        var host = account.LastIndexOf('@');
        return $"{Sql.Literal(account[..host])}@{Sql.Literal(account[(host + 1)..])}";
    }
}
