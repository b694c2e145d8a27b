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
    public static async Task RequireAsync(MasterSession session, IReadOnlyList<string> schemas, CancellationToken cancellationToken)
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

        var missing = new List<string>();
        foreach (var schema in schemas)
        {
            var ofSchema = await MissingAsync(session, grants, schema, cancellationToken);
            if (ofSchema.Count > 0)
                missing.Add($"{string.Join(", ", ofSchema)} ON {On(grants, schema)}");
            if (!SeeRoutines(session, grants, schema))
                missing.Add(OfRoutines(session, grants, schema));
        }

        if (missing.Count == 0)
            return;
        var account = await AccountAsync(session, cancellationToken);
        throw new StillframeException(
            ErrorCodes.MasterRightsMissing,
            $"The account {account} may not see all that a dump of {string.Join(", ", schemas.Select(Sql.Identifier))} has to have, and the master would leave it out without a word. "
            + $"On the master: {string.Join(" ", missing.Distinct().Select(grant => $"GRANT {grant} TO {account};"))}");
    }

    /// <summary>The statement that lets the account see the text of a schema's routines.</summary>
    public static async Task<string> GrantOfRoutinesAsync(MasterSession session, string schema, CancellationToken cancellationToken)
    {
        var grants = Grants.Parse((await session.QueryAsync("SHOW GRANTS", cancellationToken)).Select(row => row[0]!));
        return $"GRANT {OfRoutines(session, grants, schema)} TO {await AccountAsync(session, cancellationToken)};";
    }

    /// <summary>The right to show views is for those alone that have some; without <c>SELECT</c>, who knows.</summary>
    static async Task<List<string>> MissingAsync(MasterSession session, Grants grants, string schema, CancellationToken cancellationToken)
    {
        List<string> missing = [.. new[] { Select, ShowView, Trigger, Event }.Where(privilege => !grants.Have(privilege, schema))];
        if (missing.Contains(ShowView) && !missing.Contains(Select)
            && (await session.QueryAsync($"SHOW FULL TABLES FROM {Sql.Identifier(schema)} WHERE Table_type = 'VIEW'", cancellationToken)).Count == 0)
            missing.Remove(ShowView);
        return missing;
    }

    /// <summary>Whether the server lists all routines; whether it also shows their text is seen where there are any.</summary>
    static bool SeeRoutines(MasterSession session, Grants grants, string schema) =>
        grants.Have("EXECUTE", schema) || grants.Have("ALTER ROUTINE", schema) || grants.HaveEverywhere(Select)
        || (session.IsMariaDb ? grants.Have("SHOW CREATE ROUTINE", schema) || grants.Have(Select, "mysql", "proc") : grants.HaveEverywhere("SHOW_ROUTINE"));

    /// <summary>The least that there is.</summary>
    static string OfRoutines(MasterSession session, Grants grants, string schema) => session switch
    {
        { IsMariaDb: true } when session.Release >= new Version(11, 3) => $"SHOW CREATE ROUTINE ON {On(grants, schema)}",
        { IsMariaDb: true } => "SELECT ON `mysql`.`proc`",
        _ when session.Release >= new Version(8, 0, 20) => "SHOW_ROUTINE ON *.*",
        _ => "SELECT ON *.*",
    };

    static string On(Grants grants, string schema) => grants.PatternOf(schema) is { } pattern ? $"{Sql.Identifier(pattern)}.*" : Sql.GrantPattern(schema);

    static async Task<string> AccountAsync(MasterSession session, CancellationToken cancellationToken)
    {
        var account = (await session.QueryAsync("SELECT CURRENT_USER()", cancellationToken))[0][0]!;
        var host = account.LastIndexOf('@');
        return $"{Sql.Literal(account[..host])}@{Sql.Literal(account[(host + 1)..])}";
    }
}
