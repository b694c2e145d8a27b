namespace Stillframe.Dumps;

/// <summary>What stands before the rows of an <c>INSERT</c> or <c>REPLACE</c>.</summary>
/// <param name="Columns">The column list with its parentheses; empty where there is none.</param>
/// <param name="Values">Where the first row begins; -1 where the rows do not come from VALUES.</param>
internal readonly record struct InsertHead(bool Replace, bool Ignore, QualifiedName Table, Range Columns, int Values)
{
    /// <param name="tokens">On the token after the verb.</param>
    public static InsertHead Read(SqlTokens tokens, bool replace)
    {
        var ignore = false;
        while (true)
        {
            if (tokens.Take("IGNORE"u8))
                ignore = true;
            else if (!tokens.Take("LOW_PRIORITY"u8) && !tokens.Take("HIGH_PRIORITY"u8) && !tokens.Take("DELAYED"u8))
                break;
        }

        tokens.Take("INTO"u8);
        var table = QualifiedName.Read(ref tokens);
        if (tokens.Take("PARTITION"u8))
            SkipParentheses(ref tokens);
        var columns = tokens.IsSymbol('(') ? SkipParentheses(ref tokens) : default;
        var values = -1;
        if (tokens.Take("VALUES"u8) || tokens.Take("VALUE"u8))
            values = tokens.IsSymbol('(') ? tokens.Start : -1;
        return new(replace, ignore, table, columns, values);
    }

    static Range SkipParentheses(ref SqlTokens tokens)
    {
        var (start, end, depth) = (tokens.Start, tokens.Start, 0);
        do
        {
            depth += tokens.IsSymbol('(') ? 1 : tokens.IsSymbol(')') ? -1 : 0;
            end = tokens.End;
        }
        while (tokens.MoveNext() && depth > 0);
        return start..end;
    }
}
