namespace Stillframe.Dumps;

/// <summary>Messages about statements of one file that do not belong in a frame: an error, or a warning where they are to be left out.</summary>
internal sealed class Refusals(DumpOptions options, IReporter reporter)
{
    readonly HashSet<string> skippedSchemas = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>False where the statement is to be run all the same.</summary>
    /// <param name="judgement">Not <see cref="Verdict.Run"/>.</param>
    /// <exception cref="StillframeException">SF1006.</exception>
    public bool LeaveOut(Judgement judgement, SourceLocation location)
    {
        var what = $"{judgement.Name}: {judgement.Reason}. Such a statement does not belong in a frame. ";
        if (judgement.MayBeAllowed && options.AllowedStatements.Any(name => name.Trim().Equals(judgement.Name, StringComparison.OrdinalIgnoreCase)))
        {
            reporter.Warning(ErrorCodes.StatementRefused, $"{judgement.Name}: {judgement.Reason}. It is run, as DatabaseDumpAllowedStatements says.", location);
            return false;
        }

        var allow = judgement.MayBeAllowed ? $", or let it through with '{judgement.Name}' in DatabaseDumpAllowedStatements" : "";
        if (judgement.Verdict == Verdict.Forbid)
            throw new StillframeException(ErrorCodes.StatementRefused, what + $"Without it, the frame would not be what the dump says: take it out of the dump yourself{allow}.", location);
        LeaveOut(ErrorCodes.StatementRefused, what, location);
        return true;
    }

    /// <exception cref="StillframeException">SF1007.</exception>
    public void LeaveOutCommand(string command, SourceLocation location)
    {
        var what = $"The client command '{command}' does not belong in a frame: dumps are not run by a command-line client. ";
        if (ClientCommands.ChangesMeaning(command))
            throw new StillframeException(
                ErrorCodes.ClientCommandRefused, what + "What follows depends on it: take it out, and name each file that it would read as a DatabaseDump of its own.", location);
        LeaveOut(ErrorCodes.ClientCommandRefused, what, location);
    }

    /// <exception cref="StillframeException">With this code.</exception>
    public void LeaveOut(string code, string what, SourceLocation location)
    {
        if (options.RefusedStatements == RefusedStatements.Error)
            throw new StillframeException(
                code, what + "Take it out of the dump, or set DatabaseDumpRefusedStatements to skip to leave such statements out.", location);
        reporter.Warning(code, what + "It is left out.", location);
    }

    /// <summary>Reported once for each schema.</summary>
    /// <param name="owner">Whose schema it is.</param>
    /// <exception cref="StillframeException">SF1008.</exception>
    public void LeaveOutReserved(string schema, string owner, SourceLocation location)
    {
        if (options.RefusedStatements == RefusedStatements.Error)
            throw new StillframeException(
                ErrorCodes.SchemaReserved,
                $"The dump makes something in the schema '{schema}', which belongs to {owner}. Dump your own databases only "
                + "(--databases instead of --all-databases), or set DatabaseDumpRefusedStatements to skip to leave it out.",
                location);
        if (skippedSchemas.Add(schema))
            reporter.Warning(
                ErrorCodes.SchemaReserved, $"The schema '{schema}' belongs to {owner}; all that the dump has for it is left out.", location);
    }
}
