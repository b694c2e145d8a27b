using Stillframe.Consoles;

namespace Stillframe.Tool;

/// <summary>Where the tool says something: its answer on standard output, everything else on standard error.</summary>
sealed class ToolConsole(TextWriter output, TextWriter error, bool colour)
{
    public ToolConsole(TextWriter output, TextWriter error)
        : this(output, error, Terminal.ErrorHasColour) { }

    public TextWriter Output => output;

    public TextWriter Errors => error;

    public IReporter Reporter(bool verbose) => new ConsoleReporter(error, verbose ? Importance.Low : Importance.Normal, colour);

    public void Fail(StillframeException e) => error.WriteLine(Diagnostic.Error(e, colour));

    public void Fail(Exception e, bool verbose)
    {
        error.WriteLine(Diagnostic.Error(ErrorCodes.Unexpected, Diagnostic.Unexpected(e, "the same command with '--verbose'"), null, colour));
        if (verbose)
            error.WriteLine(e);
    }
}
