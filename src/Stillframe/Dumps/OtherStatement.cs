namespace Stillframe.Dumps;

internal static class OtherStatement
{
    /// <summary>Of the kind <see cref="StatementKind.Other"/>, those that change no table's rows.</summary>
    public static bool TouchesNoRows(DumpStatement statement)
    {
        var head = new StatementHead(statement.Text.Span, statement.Modes);
        return head.Verb is "ANALYZE" or "OPTIMIZE" or "CHECK" or "CHECKSUM"
            || (head.Verb is "SELECT" && IsHarmless(head.Tokens))
            || (head.Verb is "ALTER" && head.Object is "DATABASE" or "SCHEMA")
            || (head.Verb is "CREATE" && head.Object is "SEQUENCE")
            || (head.Verb is "DO" && head.Object is "SETVAL"); // mariadb-dump, of a sequence
    }

    /// <summary>Calls nothing but what such statements of tools call.</summary>
    static bool IsHarmless(SqlTokens tokens)
    {
        while (tokens.Kind != TokenKind.End)
        {
            var word = tokens;
            tokens.MoveNext();
            if (tokens.IsSymbol('(') && word.Kind is TokenKind.Word or TokenKind.QuotedName && !word.Is("COUNT"u8) && !word.Is("SETVAL"u8) && !word.Is("IN"u8))
                return false;
        }

        return true;
    }
}
