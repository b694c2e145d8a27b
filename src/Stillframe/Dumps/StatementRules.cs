namespace Stillframe.Dumps;

/// <summary>What is done with a statement.</summary>
internal enum Verdict
{
    Run,
    /// <summary>A tool's note about its server, or something that has no effect in a build.</summary>
    Ignore,
    /// <summary>Left out with a warning where <see cref="RefusedStatements.Skip"/> says so.</summary>
    Refuse,
    /// <summary>An error always: it brings data from elsewhere or changes what others mean, so a frame without it would not be what the dump says.</summary>
    Forbid,
}

/// <param name="Name">What it is called in messages and in <c>DatabaseDumpAllowedStatements</c>; empty where it is run as a matter of course.</param>
/// <param name="Reason">The middle of a sentence.</param>
/// <param name="MayBeAllowed">False for files, accounts and code.</param>
internal readonly record struct Judgement(Verdict Verdict, string Name = "", string Reason = "", bool MayBeAllowed = false);

/// <summary>
/// What a dump may say: a list of what is allowed, and everything else is refused (client commands: <see cref="ClientCommands"/>, reserved
/// schemas: <see cref="ReservedSchemas"/>, what may stand in no statement: <see cref="ForbiddenParts"/>).
/// </summary>
internal static class StatementRules
{
    const string Accounts = "the frame's accounts and rights come from the build";
    const string Server = "it is about a server, not about data";
    const string Files = "it reads or writes files of the server's host";
    const string Code = "it loads code into the server";
    const string Replication = "a frame takes part in no replication";
    const string Settings = "a frame's server settings come from the build";
    const string Unseen = "what it runs can't be seen in the dump";
    /// <summary>The reason where a statement is on no list.</summary>
    public const string Unknown = "it is none of the statements that dumps are made of";

    /// <summary>Verb and, where that matters, what follows it.</summary>
    static readonly HashSet<(string Verb, string Object)> Allowed =
    [
        ("INSERT", ""), ("REPLACE", ""), ("UPDATE", ""), ("DELETE", ""), ("TRUNCATE", ""), ("USE", ""), ("DO", ""),
        ("SELECT", ""), ("WITH", ""), ("(", ""), ("VALUES", ""),
        ("START", "TRANSACTION"), ("COMMIT", ""), ("ROLLBACK", ""), ("SAVEPOINT", ""), ("RELEASE", "SAVEPOINT"), ("LOCK", ""), ("UNLOCK", ""),
        ("ANALYZE", ""), ("OPTIMIZE", ""), ("CHECK", ""), ("REPAIR", ""), ("CHECKSUM", ""), ("RENAME", "TABLE"), ("RENAME", "TABLES"),
        .. from verb in (string[])["CREATE", "ALTER", "DROP"]
           from thing in (string[])["DATABASE", "SCHEMA", "TABLE", "INDEX", "VIEW", "TRIGGER", "PROCEDURE", "FUNCTION", "EVENT", "SEQUENCE", "PACKAGE"]
           select (verb, thing),
        ("DROP", "TABLES"), ("DROP", "PREPARE"),
    ];

    /// <summary>
    /// Not run, each for a reason of its own. Forbidden is what brings rows or runs what is not there to be judged: a frame without it would not be what
    /// the dump says.
    /// </summary>
    static readonly (string Verb, string Object, Verdict Verdict, string Reason, bool MayBeAllowed)[] NotRun =
    [
        ("GRANT", "", Verdict.Refuse, Accounts, false),
        ("REVOKE", "", Verdict.Refuse, Accounts, false),
        ("CREATE", "USER", Verdict.Refuse, Accounts, false),
        ("ALTER", "USER", Verdict.Refuse, Accounts, false),
        ("DROP", "USER", Verdict.Refuse, Accounts, false),
        ("RENAME", "USER", Verdict.Refuse, Accounts, false),
        ("CREATE", "ROLE", Verdict.Refuse, Accounts, false),
        ("DROP", "ROLE", Verdict.Refuse, Accounts, false),
        ("INSTALL", "", Verdict.Refuse, Code, false),
        ("UNINSTALL", "", Verdict.Refuse, Code, false),
        ("BACKUP", "", Verdict.Refuse, Files, false),
        ("CREATE", "SERVER", Verdict.Refuse, Server, false),
        ("ALTER", "SERVER", Verdict.Refuse, Server, false),
        ("DROP", "SERVER", Verdict.Refuse, Server, true),
        ("ALTER", "INSTANCE", Verdict.Refuse, Server, true),
        ("SHUTDOWN", "", Verdict.Refuse, Server, true),
        ("RESTART", "", Verdict.Refuse, Server, true),
        ("CLONE", "", Verdict.Refuse, Files, false),
        ("KILL", "", Verdict.Refuse, Server, true),
        ("FLUSH", "", Verdict.Refuse, Server, true),
        ("RESET", "", Verdict.Refuse, Server, true),
        ("PURGE", "", Verdict.Refuse, Server, true),
        ("XA", "", Verdict.Refuse, Server, true),
        ("BINLOG", "", Verdict.Refuse, Replication, false),
        ("CHANGE", "", Verdict.Refuse, Replication, true),
        ("START", "SLAVE", Verdict.Refuse, Replication, true),
        ("START", "REPLICA", Verdict.Refuse, Replication, true),
        ("START", "ALL", Verdict.Refuse, Replication, true),
        ("START", "GROUP_REPLICATION", Verdict.Refuse, Replication, true),
        ("STOP", "", Verdict.Refuse, Replication, true),
        ("LOAD", "DATA", Verdict.Forbid, Files, false),
        ("LOAD", "XML", Verdict.Forbid, Files, false),
        ("IMPORT", "TABLE", Verdict.Forbid, Files, false),
        ("EXECUTE", "IMMEDIATE", Verdict.Forbid, Unseen, false),
        ("CALL", "", Verdict.Forbid, Unseen, true),
        ("HANDLER", "", Verdict.Forbid, Server, true),
    ];

    /// <summary>Refused by hand, ignored from a tool: <c>--master-data</c>, <c>--apply-slave-statements</c>, <c>--flush-privileges</c>.</summary>
    static readonly string[] ToolVerbs = ["CHANGE", "STOP", "START", "FLUSH"];

    /// <summary>They only tell.</summary>
    static readonly string[] Reading = ["SHOW", "EXPLAIN", "DESCRIBE", "DESC", "HELP"];

    /// <param name="head">Of the statement without its version comments.</param>
    /// <param name="fromTool">The file has a dump tool's header.</param>
    public static Judgement Judge(ReadOnlySpan<byte> text, StatementHead head, LexicalModes modes, bool fromTool)
    {
        if (head.Verb == "SET")
            return JudgeSet(text, head, modes, fromTool);
        if (head.Verb == "BEGIN")
            return head.Tokens.Kind == TokenKind.End || head.Object == "WORK" ? new(Verdict.Run) : new(Verdict.Forbid, "BEGIN NOT ATOMIC", Unseen, true);
        foreach (var (verb, thing, verdict, reason, mayBeAllowed) in NotRun)
        {
            if (verb == head.Verb && (thing.Length == 0 || thing == head.Object))
                return fromTool && ToolVerbs.Contains(verb) ? new(Verdict.Ignore, Reason: Replication) : new(verdict, Named(verb, thing), reason, mayBeAllowed);
        }

        if (Reading.Contains(head.Verb))
            return new(Verdict.Ignore, Reason: "it only tells something");
        if (head.Verb is "PREPARE" or "EXECUTE" or "DEALLOCATE")
            return new(Verdict.Forbid, head.Verb, Unseen, true); // but for PreparedStatements
        return Allowed.Contains((head.Verb, "")) || Allowed.Contains((head.Verb, head.Object))
            ? new(Verdict.Run)
            : new(Verdict.Forbid, Named(head.Verb, head.Verb is "CREATE" or "ALTER" or "DROP" or "START" or "RENAME" ? head.Object : ""), Unknown, head.Verb.Length > 0);
    }

    static Judgement JudgeSet(ReadOnlySpan<byte> text, StatementHead head, LexicalModes modes, bool fromTool)
    {
        var inner = SetStatement.InnerStatement(head.Tokens);
        if (inner >= 0)
            return JudgeInner(text[inner..], modes, fromTool);
        var verdict = new Judgement(Verdict.Run);
        foreach (var assignment in SetStatement.Parse(head.Tokens))
        {
            if (assignment.Name is "password" or "role")
                return new(Verdict.Refuse, $"SET {assignment.Name.ToUpperInvariant()}", Accounts);
            if (!assignment.IsGlobal)
                continue;
            // mysqldump and mariadb-dump write these
            if (assignment.Name != "gtid_purged" && !(fromTool && assignment.Name is "gtid_slave_pos" or "innodb_stats_auto_recalc"))
                return new(Verdict.Refuse, $"SET GLOBAL {assignment.Name}", Settings);
            verdict = new(Verdict.Ignore, Reason: "it is about the server that was dumped");
        }

        return verdict;
    }

    /// <summary><c>SET STATEMENT … FOR</c>.</summary>
    static Judgement JudgeInner(ReadOnlySpan<byte> text, LexicalModes modes, bool fromTool)
    {
        var head = new StatementHead(text, modes);
        if (head.Verb is not ("INSERT" or "REPLACE" or "UPDATE" or "DELETE" or "SELECT"))
            return new(Verdict.Forbid, $"SET STATEMENT … FOR {head.Verb}", Unseen);
        return Judge(text, head, modes, fromTool);
    }

    static string Named(string verb, string thing) => thing.Length > 0 ? $"{verb} {thing}" : verb.Length > 0 ? verb : "A statement without a verb";
}
