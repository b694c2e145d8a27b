using Stillframe.Connections;

namespace Stillframe.Loading;

/// <summary>
/// Who may connect to a throw-away server while it runs: the builder, for Stillframe's own statements, with every privilege, and the author of
/// the dump, who has rights on the dump's schemas and no others, and so can reach neither files nor accounts nor other processes.
/// Their rows are in the tables for no longer than it takes the server to read them: no password is kept, and none is in a frame.
/// </summary>
/// <param name="Author"><see cref="FrameAccounts.Definer"/>, under whom everything of a dump or script is run: what they make is theirs.</param>
/// <param name="Schemas">What the author may use.</param>
sealed record ServerAccounts(ServerCredentials Builder, ServerCredentials Author, IReadOnlyList<string> Schemas)
{
    public const string BuilderName = "stillframe_builder";

    /// <summary>With passwords that live as long as one run of the server.</summary>
    public static ServerAccounts Random(IReadOnlyList<string> schemas) =>
        new(ServerCredentials.Random(BuilderName), ServerCredentials.Random(FrameAccounts.Definer), schemas);

    /// <summary>
    /// For <c>--init-file</c>, one statement a line: the server runs it before it takes connections. Straight into the tables:
    /// CREATE USER would write the time of day into them.
    /// </summary>
    public string Sql() =>
        $"""
        insert into mysql.global_priv values ('%', '{BuilderName}', '{Privileges(ulong.MaxValue, Builder)}');
        update mysql.global_priv set Priv = '{Privileges(0, Author)}' where User = '{FrameAccounts.Definer}';
        flush privileges;
        {string.Join('\n', Schemas.Select(schema => $"grant all privileges on {Connections.Sql.GrantPattern(schema)} to {FrameAccounts.DefinerClause};"))}
        delete from mysql.db where User = '{FrameAccounts.Definer}';
        delete from mysql.global_priv where User = '{BuilderName}';
        update mysql.global_priv set Priv = '{FrameAccounts.Locked}' where User = '{FrameAccounts.Definer}';

        """;

    static string Privileges(ulong access, ServerCredentials account) =>
        $$"""{"access":{{access}},"plugin":"mysql_native_password","authentication_string":"{{account.NativePasswordHash()}}"}""";
}

/// <summary>For whom a session is.</summary>
enum SessionOf
{
    /// <summary>Stillframe's own statements.</summary>
    Builder,

    /// <summary>The statements of a dump or script.</summary>
    Author,

    /// <summary>The author, whose rows Stillframe sends as a file (<c>LOAD DATA LOCAL</c>), which no statement of a dump may ask for.</summary>
    Rows,
}
