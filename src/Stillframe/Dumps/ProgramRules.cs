namespace Stillframe.Dumps;

/// <summary>Follows the triggers, functions and procedures of one file, to see what its rows could set going.</summary>
internal sealed class ProgramRules
{
    bool rowsMayCall;
    Judgement? reachingProcedure;

    /// <param name="kind">What the statement creates, in upper case.</param>
    /// <exception cref="StillframeException">SF1006 where rows could set something going that a dump may not do itself.</exception>
    public void Refuse(ReadOnlySpan<byte> text, string kind, LexicalModes modes, SourceLocation location)
    {
        var (worst, calls) = ProgramBody.Judge(text, modes, kind is "TRIGGER" or "FUNCTION");
        if (kind is "TRIGGER" or "FUNCTION")
            rowsMayCall |= calls;
        if (worst.Verdict != Verdict.Run && kind is "PROCEDURE")
            reachingProcedure ??= worst;
        var found = kind is "PROCEDURE" ? (rowsMayCall ? reachingProcedure : null)
            : worst.Verdict != Verdict.Run ? worst
            : calls ? reachingProcedure : null;
        if (found is { } reason)
            throw new StillframeException(
                ErrorCodes.StatementRefused,
                $"{reason.Name}: {reason.Reason}. Such a statement stands in a program that rows can set going. Take it out of the dump.", location);
    }
}
