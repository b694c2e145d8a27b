namespace Stillframe.Dumps;

/// <summary>One assignment of a <c>SET</c>.</summary>
/// <param name="Name">In lower case; user variables with their <c>@</c>. <c>names</c>, <c>password</c> and <c>role</c> stand for <c>SET NAMES</c>, …</param>
/// <param name="IsGlobal">GLOBAL, PERSIST or PERSIST_ONLY.</param>
/// <param name="Value">Where the value stands in the statement.</param>
internal readonly record struct SetAssignment(string Name, bool IsGlobal, Range Value);

/// <summary>A <c>SET</c> taken apart (<see href="https://dev.mysql.com/doc/refman/8.4/en/set-variable.html"/>).</summary>
internal static class SetStatement
{
    /// <param name="tokens">On the token after <c>SET</c>.</param>
    public static List<SetAssignment> Parse(SqlTokens tokens)
    {
        var assignments = new List<SetAssignment>();
        while (tokens.Kind != TokenKind.End)
        {
            var (name, isGlobal) = Target(ref tokens);
            var start = tokens.Start;
            var end = SkipValue(ref tokens);
            assignments.Add(new(name, isGlobal, start..end));
            tokens.TakeSymbol(',');
        }

        return assignments;
    }

    /// <summary>Where the statement begins that <c>SET STATEMENT … FOR</c> runs; -1 where this is no such SET.</summary>
    public static int InnerStatement(SqlTokens tokens)
    {
        if (!tokens.Take("STATEMENT"u8))
            return -1;
        var depth = 0;
        do
        {
            depth += tokens.IsSymbol('(') ? 1 : tokens.IsSymbol(')') ? -1 : 0;
            if (depth == 0 && tokens.Is("FOR"u8))
                return tokens.End;
        }
        while (tokens.MoveNext());
        return -1;
    }

    static (string Name, bool IsGlobal) Target(ref SqlTokens tokens)
    {
        var isGlobal = TakeScope(ref tokens);
        var system = false;
        if (tokens.TakeSymbol('@'))
        {
            system = tokens.TakeSymbol('@');
            isGlobal |= system && TakeScope(ref tokens);
            tokens.TakeSymbol('.');
        }
        else
            system = true;

        var name = QualifiedName.Read(ref tokens);
        var text = (name.Name ?? "").ToLowerInvariant();
        if (text is "character" or "charset")
        {
            tokens.Take("SET"u8);
            return ("names", isGlobal);
        }

        if (text == "default")
            text = tokens.Take("ROLE"u8) ? "role" : text;
        tokens.TakeSymbol(':');
        tokens.TakeSymbol('=');
        return (system ? text : "@" + text, isGlobal);
    }

    static bool TakeScope(ref SqlTokens tokens)
    {
        if (tokens.Take("SESSION"u8) || tokens.Take("LOCAL"u8))
            return false;
        return tokens.Take("GLOBAL"u8) || tokens.Take("PERSIST"u8) || tokens.Take("PERSIST_ONLY"u8);
    }

    static int SkipValue(ref SqlTokens tokens)
    {
        var (depth, end) = (0, tokens.Start);
        while (tokens.Kind != TokenKind.End && !(depth == 0 && tokens.IsSymbol(',')))
        {
            depth += tokens.IsSymbol('(') ? 1 : tokens.IsSymbol(')') ? -1 : 0;
            end = tokens.End;
            tokens.MoveNext();
        }

        return end;
    }
}
