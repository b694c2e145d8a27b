namespace Stillframe.Dumps;

/// <summary>What is done with a statement.</summary>
internal enum Verdict
{
    Run,
    /// <summary>A tool's note about its server.</summary>
    Ignore,
    Refuse,
}

/// <summary>
/// The statements that have no business in a frame, all in this one place (client commands: <see cref="ClientCommands"/>,
/// reserved schemas: <see cref="ReservedSchemas"/>).
/// </summary>
internal static class RefusedStatementRules
{
    const string Accounts = "the frame's accounts and rights come from the build";
    const string Server = "it is about a server, not about data";
    const string Files = "it reads or writes files of the server's host";
    const string Code = "it loads code into the server";
    const string Replication = "a frame takes part in no replication";
    const string Settings = "a frame's server settings come from the build";

    /// <summary>Verb, what follows it (empty: anything), reason.</summary>
    static readonly (string Verb, string Object, string Reason)[] Rules =
    [
        ("GRANT", "", Accounts),
        ("REVOKE", "", Accounts),
        ("CREATE", "USER", Accounts),
        ("ALTER", "USER", Accounts),
        ("DROP", "USER", Accounts),
        ("RENAME", "USER", Accounts),
        ("CREATE", "ROLE", Accounts),
        ("DROP", "ROLE", Accounts),
        ("INSTALL", "", Code),
        ("UNINSTALL", "", Code),
        ("LOAD", "DATA", Files),
        ("LOAD", "XML", Files),
        ("IMPORT", "TABLE", Files),
        ("BACKUP", "", Files),
        ("CREATE", "SERVER", Server),
        ("ALTER", "SERVER", Server),
        ("DROP", "SERVER", Server),
        ("ALTER", "INSTANCE", Server),
        ("SHUTDOWN", "", Server),
        ("RESTART", "", Server),
        ("CLONE", "", Server),
        ("KILL", "", Server),
        ("FLUSH", "", Server),
        ("RESET", "", Server),
        ("PURGE", "", Server),
        ("HANDLER", "", Server),
        ("XA", "", Server),
        ("EXECUTE", "IMMEDIATE", "what it runs can't be seen"),
        ("CHANGE", "", Replication),
        ("START", "SLAVE", Replication),
        ("START", "REPLICA", Replication),
        ("START", "ALL", Replication),
        ("START", "GROUP_REPLICATION", Replication),
        ("STOP", "", Replication),
    ];

    /// <summary>Refused by hand, ignored from a tool: <c>--master-data</c>, <c>--apply-slave-statements</c>, <c>--flush-privileges</c>.</summary>
    static readonly string[] ToolVerbs = ["CHANGE", "STOP", "START", "FLUSH"];

    /// <summary>Judges a statement as each kind of server would see it: version comments run, not run, or as MariaDB does.</summary>
    /// <param name="fromTool">The file has a dump tool's header.</param>
    /// <param name="what">What was found and why it is refused, as the middle of a sentence.</param>
    public static Verdict Judge(ReadOnlySpan<byte> text, StatementHead head, LexicalModes modes, bool fromTool, out string what)
    {
        if (head.Verb is "INSERT" or "REPLACE" && !head.SawVersionComment)
        {
            what = "";
            return Verdict.Run;
        }

        var verdict = Judge(text, head, modes, VersionComments.MariaDb, fromTool, out what);
        if (text.IndexOf("/*"u8) < 0)
            return verdict;
        verdict = Worse(verdict, text, modes, VersionComments.All, fromTool, ref what);
        return Worse(verdict, text, modes, VersionComments.None, fromTool, ref what);
    }

    static Verdict Worse(
        Verdict verdict, ReadOnlySpan<byte> text, LexicalModes modes, VersionComments versions, bool fromTool, ref string what)
    {
        var other = Judge(text, new StatementHead(text, modes, versions), modes, versions, fromTool, out var found);
        if (other <= verdict)
            return verdict;
        what = found;
        return other;
    }

    static Verdict Judge(
        ReadOnlySpan<byte> text, StatementHead head, LexicalModes modes, VersionComments versions, bool fromTool, out string what)
    {
        what = "";
        switch (head.Verb)
        {
            case "SET":
                return JudgeSet(text, head, modes, versions, fromTool, out what);
            case "CREATE" when head.Object == "FUNCTION" && IsLoadable(head.Tokens):
                what = $"CREATE FUNCTION … SONAME: {Code}";
                return Verdict.Refuse;
            case "SELECT" or "WITH" or "(" or "TABLE" or "VALUES" when Writes(head.Tokens):
                what = $"SELECT … INTO OUTFILE: {Files}";
                return Verdict.Refuse;
        }

        foreach (var (verb, thing, reason) in Rules)
        {
            if (verb != head.Verb || (thing.Length > 0 && thing != head.Object))
                continue;
            what = $"{verb}{(thing.Length > 0 ? " " : "")}{thing}: {reason}";
            return fromTool && ToolVerbs.Contains(verb) ? Verdict.Ignore : Verdict.Refuse;
        }

        return Verdict.Run;
    }

    static Verdict JudgeSet(
        ReadOnlySpan<byte> text, StatementHead head, LexicalModes modes, VersionComments versions, bool fromTool, out string what)
    {
        var inner = SetStatement.InnerStatement(head.Tokens);
        if (inner >= 0)
            return Judge(text[inner..], new StatementHead(text[inner..], modes, versions), modes, versions, fromTool, out what);
        var verdict = Verdict.Run;
        what = "";
        foreach (var assignment in SetStatement.Parse(head.Tokens))
        {
            if (assignment.Name is "password" or "role")
            {
                what = $"SET {assignment.Name.ToUpperInvariant()}: {Accounts}";
                return Verdict.Refuse;
            }

            if (!assignment.IsGlobal)
                continue;
            // mysqldump and mariadb-dump write these
            if (assignment.Name != "gtid_purged" && !(fromTool && assignment.Name is "gtid_slave_pos" or "innodb_stats_auto_recalc"))
            {
                what = $"SET GLOBAL {assignment.Name}: {Settings}";
                return Verdict.Refuse;
            }

            verdict = Verdict.Ignore;
        }

        return verdict;
    }

    /// <summary>A loadable function has no parameter list before RETURNS.</summary>
    static bool IsLoadable(SqlTokens tokens)
    {
        while (tokens.Take("IF"u8) || tokens.Take("NOT"u8) || tokens.Take("EXISTS"u8))
        {
        }

        QualifiedName.Read(ref tokens);
        return tokens.Is("RETURNS"u8);
    }

    static bool Writes(SqlTokens tokens)
    {
        do
        {
            if (tokens.Take("INTO"u8) && (tokens.Is("OUTFILE"u8) || tokens.Is("DUMPFILE"u8)))
                return true;
        }
        while (tokens.MoveNext());
        return false;
    }
}
