using System.Text;

namespace Stillframe.Dumps;

/// <summary>The <c>DEFINER = user</c> of a view, trigger, routine or event.</summary>
static class DefinerClause
{
    /// <summary>
    /// The statement with its definer replaced, also where the clause stands in a version comment; the same bytes where it has none.
    /// </summary>
    /// <param name="definer">As SQL, such as <c>`frame`@`localhost`</c>.</param>
    public static ReadOnlyMemory<byte> Replace(ReadOnlyMemory<byte> statement, string definer, LexicalModes modes = LexicalModes.None)
    {
        var text = statement.Span;
        if (Find(text, modes, out var user).End.Value == 0)
            return statement;
        return (byte[])[.. text[..user.Start], .. Encoding.UTF8.GetBytes(definer), .. text[user.End..]];
    }

    /// <summary>The whole clause, and the user in it; an empty range where there is none.</summary>
    internal static Range Find(ReadOnlySpan<byte> text, LexicalModes modes, out Range user)
    {
        user = default;
        var tokens = new SqlTokens(text, modes, VersionComments.All);
        tokens.MoveNext();
        if (!tokens.Is("CREATE"u8) && !tokens.Is("ALTER"u8))
            return default;
        while (tokens.MoveNext() && tokens.Kind != TokenKind.QuotedName && !IsBodyAhead(tokens))
        {
            var clause = tokens;
            if (!clause.Take("DEFINER"u8) || !clause.TakeSymbol('='))
                continue;
            user = SkipUser(ref clause);
            return tokens.Start..user.End;
        }

        return default;
    }

    /// <summary>
    /// Goes on behind <c>name@host</c> in any kind of quotes, <c>CURRENT_USER</c>, <c>CURRENT_USER()</c> or a role's name, and
    /// gives the range of it.
    /// </summary>
    internal static Range SkipUser(ref SqlTokens tokens)
    {
        var (start, end) = (tokens.Start, tokens.End);
        tokens.MoveNext();
        if (tokens.IsSymbol('('))
        {
            tokens.MoveNext();
            end = tokens.End;
            tokens.TakeSymbol(')');
        }
        else if (tokens.IsSymbol('@'))
        {
            tokens.MoveNext();
            // an unquoted host name may be of several tokens: a-b.example.com
            do
                end = tokens.End;
            while (tokens.MoveNext() && !tokens.SpaceBefore && (tokens.Kind == TokenKind.Word || IsHostSymbol(tokens)));
        }

        return start..end;
    }

    static bool IsHostSymbol(SqlTokens tokens) =>
        tokens.IsSymbol('.') || tokens.IsSymbol('-') || tokens.IsSymbol('%') || tokens.IsSymbol(':');

    static bool IsBodyAhead(SqlTokens tokens) =>
        tokens.Is("VIEW"u8) || tokens.Is("TRIGGER"u8) || tokens.Is("PROCEDURE"u8) || tokens.Is("FUNCTION"u8) || tokens.Is("EVENT"u8)
        || tokens.Is("PACKAGE"u8) || tokens.Is("TABLE"u8) || tokens.Is("DATABASE"u8) || tokens.Is("SCHEMA"u8);
}
