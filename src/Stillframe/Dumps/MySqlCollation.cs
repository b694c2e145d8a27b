using System.Text;

namespace Stillframe.Dumps;

/// <summary>
/// A collation of MySQL 8 that a dump asks for, such as <c>utf8mb4_0900_ai_ci</c>, its default. MariaDB has them since 11.4.5 and 11.7.2, as other
/// names of its own (https://mariadb.com/docs/release-notes/community-server/11.4/11.4.5).
/// </summary>
/// <param name="Location">Where it is first asked for.</param>
public sealed record MySqlCollation(string Name, SourceLocation Location)
{
    /// <summary>Null where the statement names none, and where MySQL is to read it.</summary>
    internal static MySqlCollation? In(ReadOnlySpan<byte> text, LexicalModes modes, SourceLocation location)
    {
        if (modes.HasFlag(LexicalModes.MySql) || text.IndexOf("_0900_"u8) < 0)
            return null;
        var tokens = new SqlTokens(text, modes);
        while (tokens.MoveNext())
        {
            var name = tokens.Kind == TokenKind.String ? tokens.Bytes.Trim("'\""u8) : tokens.Bytes;
            if (tokens.Kind is TokenKind.Word or TokenKind.String && IsOne(name))
                return new(Encoding.ASCII.GetString(name), location with { Line = location.Line + text[..tokens.Start].Count((byte)'\n') });
        }

        return null;
    }

    static bool IsOne(ReadOnlySpan<byte> name) =>
        name.Length is > 12 and < 64 && Ascii.EqualsIgnoreCase(name[..8], "utf8mb4_"u8) && name.IndexOf("0900_"u8) > 0 && !name.ContainsAny(" \t\r\n"u8);

    /// <summary>Whether a MariaDB server takes it.</summary>
    internal static bool IsKnownTo(Version server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return server >= new Version(11, 7, 2) || (server.Major == 11 && server.Minor == 4 && server.Build >= 5);
    }

    internal string Warning => $"The dump asks for the collation '{Name}', which MySQL 8 has. {Servers}";

    internal StillframeException UnknownTo(string server) => new(
        ErrorCodes.CollationUnknown, $"The dump asks for the collation '{Name}', which {server} does not have. {Servers}", Location);

    const string Servers =
        "MariaDB has such collations since 11.4.5: build on an image of it (DatabaseBaseImage; docker and podman take MariaDB 11.8 by themselves), or put another in the dump, "
        + "such as utf8mb4_unicode_520_ci, where its order of text is right for you: sed 's/utf8mb4_0900_ai_ci/utf8mb4_unicode_520_ci/g'.";
}
