namespace Stillframe.Dumps;

/// <summary>
/// <c>PREPARE</c> and <c>EXECUTE</c> as tools write them: the text is a string of the dump, or a user variable that was set to one, or to one of two by
/// <c>IF</c>; and each sets nothing but variables without a meaning for rows.
/// </summary>
internal sealed class PreparedStatements
{
    readonly Dictionary<string, List<byte[]>> texts = new(StringComparer.OrdinalIgnoreCase);
    readonly HashSet<string> prepared = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Remembers what a <c>SET</c> puts into user variables.</summary>
    public void Note(ReadOnlySpan<byte> text, StatementHead head, LexicalModes modes)
    {
        foreach (var assignment in SetStatement.Parse(head.Tokens))
        {
            if (assignment.Name.StartsWith('@'))
                texts[assignment.Name] = Strings(text[assignment.Value], modes);
        }
    }

    /// <summary>Whether a PREPARE, EXECUTE or DEALLOCATE is one of those that can be seen through.</summary>
    public bool IsSeenThrough(ReadOnlySpan<byte> text, StatementHead head, LexicalModes modes)
    {
        var tokens = head.Tokens;
        if (head.Verb == "DEALLOCATE")
            return true;
        var name = tokens.Name() ?? "";
        tokens.MoveNext();
        if (head.Verb == "EXECUTE")
            return prepared.Contains(name) && tokens.Kind == TokenKind.End;
        if (!tokens.Take("FROM"u8) || !Source(text, tokens, modes).TrueForAll(one => SetsWithoutMeaning(one, modes)))
            return false;
        prepared.Add(name);
        return true;
    }

    /// <summary>What may be prepared; one empty text where that can't be seen.</summary>
    List<byte[]> Source(ReadOnlySpan<byte> text, SqlTokens tokens, LexicalModes modes)
    {
        if (!tokens.TakeSymbol('@'))
            return Strings(text[tokens.Start..], modes);
        return texts.GetValueOrDefault("@" + (tokens.Name() ?? "").ToLowerInvariant(), [[]]);
    }

    /// <summary>The string, or both strings of <c>IF(…, '…', '…')</c>.</summary>
    static List<byte[]> Strings(ReadOnlySpan<byte> text, LexicalModes modes)
    {
        var tokens = new SqlTokens(text, modes);
        tokens.MoveNext();
        var found = new List<byte[]>();
        if (tokens.Kind == TokenKind.String)
        {
            found.Add(Content(tokens));
            tokens.MoveNext();
            return tokens.Kind == TokenKind.End ? found : [[]];
        }

        if (!tokens.Take("IF"u8) || !tokens.TakeSymbol('(') || !tokens.TakeSymbol('@') || tokens.Name() is null)
            return [[]];
        tokens.MoveNext();
        while (tokens.TakeSymbol(',') && tokens.Kind == TokenKind.String)
        {
            found.Add(Content(tokens));
            tokens.MoveNext();
        }

        return found.Count == 2 && tokens.TakeSymbol(')') && tokens.Kind == TokenKind.End ? found : [[]];
    }

    static byte[] Content(SqlTokens tokens)
    {
        var content = tokens.Bytes[1..^1];
        return content.IndexOfAny("\\'\""u8) < 0 ? content.ToArray() : [];
    }

    static bool SetsWithoutMeaning(byte[] text, LexicalModes modes)
    {
        var head = new StatementHead(text, modes);
        return head.Verb == "SET" && SetStatement.InnerStatement(head.Tokens) < 0 && text.AsSpan().IndexOfAny("(;"u8) < 0
            && SetStatement.Parse(head.Tokens).TrueForAll(one => !one.IsGlobal && (one.Name.StartsWith('@') || SessionVariables.IsWithoutMeaning(one.Name)));
    }
}
