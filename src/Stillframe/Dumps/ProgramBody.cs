namespace Stillframe.Dumps;

/// <summary>
/// The statements in the body of a trigger or function, which rows can set going: none of them may be one that a dump is refused for. (Procedures run only
/// when they are called, which a dump may not, and events not at all.)
/// </summary>
internal static class ProgramBody
{
    /// <summary>What is in the body, and whether it calls procedures.</summary>
    /// <param name="isRunByRows">A function or trigger, in which no server takes what defines something.</param>
    public static (Judgement Worst, bool Calls) Judge(ReadOnlySpan<byte> text, LexicalModes modes, bool isRunByRows)
    {
        var worst = new Judgement(Verdict.Run);
        var calls = false;
        var tokens = new SqlTokens(text, modes);
        var starts = false;
        while (tokens.MoveNext())
        {
            if (starts && tokens.Kind == TokenKind.Word)
            {
                calls |= tokens.Is("CALL"u8);
                var statement = text[tokens.Start..End(tokens)];
                var head = new StatementHead(statement, modes);
                var judgement = StatementRules.Judge(statement, head, modes, fromTool: false);
                if (judgement.Verdict == Verdict.Refuse || judgement is { Verdict: Verdict.Forbid, MayBeAllowed: false })
                    worst = judgement;
                else if (isRunByRows && head is { Verb: "CREATE" or "ALTER" or "DROP" or "RENAME", IsTemporary: false, Object.Length: > 0 })
                    worst = new(Verdict.Forbid, $"{head.Verb} {head.Object}", "no server takes it in a function or trigger");
            }

            starts = tokens.IsSymbol(';') || tokens.IsSymbol(':') || tokens.Is("BEGIN"u8) || tokens.Is("THEN"u8) || tokens.Is("ELSE"u8) || tokens.Is("DO"u8)
                || tokens.Is("LOOP"u8) || tokens.Is("REPEAT"u8) || tokens.Is("ROW"u8) || tokens.Is("ATOMIC"u8) || tokens.Is("HANDLER"u8) || tokens.IsSymbol(')') || EndsHead(tokens);
            if (tokens.Is("FOLLOWS"u8) || tokens.Is("PRECEDES"u8))
                starts = tokens.MoveNext(); // the other trigger's name, and then the body
        }

        return (worst, calls);
    }

    /// <summary>Where the statement that starts at this token ends.</summary>
    static int End(SqlTokens tokens)
    {
        while (tokens.MoveNext())
        {
            if (tokens.IsSymbol(';'))
                return tokens.Start;
        }

        return tokens.End;
    }

    /// <summary>Words after which the only statement of a body may stand.</summary>
    static bool EndsHead(SqlTokens tokens) => tokens.Is("DETERMINISTIC"u8) || tokens.Is("DATA"u8) || tokens.Is("SQL"u8) || tokens.Is("DEFINER"u8) || tokens.Is("INVOKER"u8);
}
