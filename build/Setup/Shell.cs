using Stillframe.Consoles;
using Stillframe.Processes;

/// <summary>Programs that the build's set-up runs.</summary>
static class Shell
{
    /// <summary>Runs a program that must succeed.</summary>
    /// <param name="toItsEnd">Ctrl+C does not kill it: killed it would leave things half done. (In a terminal Ctrl+C reaches it as well, and it ends as it knows best.)</param>
    /// <exception cref="InvalidOperationException">With its output.</exception>
    public static async Task<string> RunAsync(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, bool toItsEnd = false)
    {
        Interrupt.Token.ThrowIfCancellationRequested();
        var line = arguments.ToArray();
        Console.WriteLine($"> {program} {string.Join(' ', line)}");
        var result = await ChildProcess.RunAsync(program, line, With(environment), toItsEnd ? default : Interrupt.Token);
        Interrupt.Token.ThrowIfCancellationRequested();
        return result.ExitCode == 0
            ? result.Output
            : throw new InvalidOperationException($"'{program} {string.Join(' ', line)}' ended with exit code {result.ExitCode}: {result.AllOutput}");
    }

    /// <summary>Whether a program is there and ends well.</summary>
    public static async Task<bool> SucceedsAsync(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null) =>
        ChildProcess.Find(program) is not null
        && (await ChildProcess.RunAsync(program, arguments, With(environment), Interrupt.Token)).ExitCode == 0;

    static ProcessOptions? With(IReadOnlyDictionary<string, string?>? environment) => environment is null ? null : new() { Environment = environment };
}
