using System.ComponentModel;
using System.Text;
using System.Text.Json;
using Stillframe.Processes;

namespace Stillframe.Rollouts;

/// <summary>Runs an orchestrator's own program: contexts, logins and versions are those of whoever types the same commands.</summary>
/// <param name="program">Such as <c>docker</c>, and what comes before each command.</param>
sealed class Orchestrating(params IReadOnlyList<string> program)
{
    /// <summary>Between two questions, each of which starts programs.</summary>
    static readonly TimeSpan pause = TimeSpan.FromSeconds(1);

    /// <summary>A command that has to succeed; its standard output.</summary>
    /// <param name="input">Null for none.</param>
    /// <exception cref="StillframeException">SF8003, with the program's words.</exception>
    public async Task<string> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken, string? input = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var result = await TryAsync(arguments, cancellationToken, input, environment);
        return result.ExitCode == 0
            ? result.Output
            : throw new StillframeException(
                ErrorCodes.OrchestratorRefused, $"'{string.Join(' ', program)} {string.Join(' ', arguments.Take(2))}' failed with exit code {result.ExitCode}: {result.AllOutput} See that this machine may command what is rolled out to.");
    }

    /// <inheritdoc cref="RunAsync"/>
    public async Task<ProcessResult> TryAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken, string? input = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        try
        {
            return await ChildProcess.RunAsync(
                program[0],
                [.. program.Skip(1), .. arguments],
                new() { Input = input is null ? null : (stream, token) => stream.WriteAsync(Encoding.UTF8.GetBytes(input), token).AsTask(), Environment = environment ?? new Dictionary<string, string?>() },
                cancellationToken);
        }
        catch (Win32Exception e)
        {
            throw new StillframeException(ErrorCodes.OrchestratorRefused, $"'{program[0]}' can't be started: {e.Message}. Install it.", innerException: e);
        }
    }

    /// <summary>As <see cref="RunAsync"/>, of a command that writes JSON.</summary>
    public async Task<JsonElement> ReadAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize<JsonElement>(await RunAsync(arguments, cancellationToken));

    /// <summary>Of a program's output, without empty ones.</summary>
    public static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Asks again and again.</summary>
    /// <returns>The first answer that is not null; null when the time is over.</returns>
    public static async Task<T?> UntilAsync<T>(TimeSpan limit, Func<Task<T?>> ask, CancellationToken cancellationToken)
        where T : class
    {
        var end = DateTime.UtcNow + limit;
        while (await ask() is var answer)
        {
            if (answer is not null || DateTime.UtcNow > end)
                return answer;
            await Task.Delay(pause, cancellationToken);
        }

        return null;
    }
}
