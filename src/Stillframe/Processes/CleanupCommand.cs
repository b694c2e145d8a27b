using System.Diagnostics;

namespace Stillframe.Processes;

/// <summary>
/// A command that is run when this object is disposed of, or when this process ends in any other way, SIGKILL included. For what lives
/// elsewhere and would outlive us: a container that the engine's daemon runs.
/// </summary>
/// <remarks>A small shell waits for the end of a pipe from here; see <see cref="SupervisedProcess"/>.</remarks>
sealed class CleanupCommand : IAsyncDisposable
{
    const string Script = """
        trap '' INT QUIT HUP TERM
        cat >/dev/null
        exec "$@" >/dev/null 2>&1 </dev/null
        """;

    readonly Process process;

    CleanupCommand(Process process) => this.process = process;

    public static CleanupCommand Write(IEnumerable<string> command)
    {
        var process = new Process { StartInfo = ChildProcess.StartInfo("/bin/sh", ["-c", Script, "sh", .. command]) };
        process.Start();
        return new(process);
    }

    /// <summary>Runs the command and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // somebody ended the shell
        }

        await process.WaitForExitAsync();
        process.Dispose();
    }
}
