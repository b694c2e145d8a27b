using System.CommandLine;
using Stillframe.Consoles;

namespace Stillframe.Tool.Commands;

/// <summary>What all commands share: cancellation, and one line for each error.</summary>
static class ToolCommand
{
    static readonly Option<bool> verbose = new("--verbose") { Description = "Say more of what is done, on standard error" };

    public static Command Create(string name, string description, ToolConsole console, Func<ParseResult, IReporter, CancellationToken, Task<int>> run, params Symbol[] symbols)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
                command.Arguments.Add(argument);
            else
                command.Options.Add((Option)symbol);
        }

        command.Options.Add(verbose);
        command.SetAction((result, _) => RunAsync(console, result.GetValue(verbose), reporter => run(result, reporter, Interrupt.Token)));
        return command;
    }

    public static Option<bool> Json() => new("--json") { Description = "Print JSON, and nothing else on standard output" };

    public static Option<string?> Schema() => new("--database") { Description = "Schema of a dump that names none; default: the one in its header, then its file name", HelpName = "NAME" };

    static async Task<int> RunAsync(ToolConsole console, bool verbose, Func<IReporter, Task<int>> run)
    {
        var interrupt = Interrupt.Token; // from here on
        try
        {
            return await run(console.Reporter(verbose));
        }
        catch (Exception) when (interrupt.IsCancellationRequested)
        {
            return ExitCode.Cancelled; // what went wrong did so because of it
        }
        catch (StillframeException e)
        {
            console.Fail(e);
        }
        catch (Exception e)
        {
            console.Fail(e, verbose);
        }

        return ExitCode.Failure;
    }
}
