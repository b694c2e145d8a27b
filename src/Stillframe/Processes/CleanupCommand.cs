using System.Diagnostics;
using System.Globalization;

namespace Stillframe.Processes;

/// <summary>
/// A command that is run when this object is disposed of, or when this process ends in any other way, SIGKILL included. For what lives
/// elsewhere and would outlive us: a container that the engine's daemon runs.
/// </summary>
/// <remarks>A small shell waits for the end of a pipe from here; see <see cref="SupervisedProcess"/>.</remarks>
sealed class CleanupCommand : IAsyncDisposable
{
    /// <summary>A line in the pipe is a disposal; its end without one is the end of this process.</summary>
    const string Script = """
        trap '' INT QUIT HUP TERM
        tries=$1
        shift
        read -r disposed && tries=0
        until words=$("$@" 2>/dev/null </dev/null); [ -n "$words" ] || [ $tries -eq 0 ]; do
          tries=$((tries - 1))
          sleep 0.5
        done
        """;

    const int TriesForLate = 20;

    readonly Process process;

    CleanupCommand(Process process) => this.process = process;

    /// <param name="late">
    /// What it removes may come to be only after the end of this process, which had asked for it: it is tried again for ten seconds, until it prints something.
    /// </param>
    public static CleanupCommand Write(IEnumerable<string> command, bool late = false)
    {
        var tries = (late ? TriesForLate : 0).ToString(CultureInfo.InvariantCulture);
        var process = new Process { StartInfo = ChildProcess.StartInfo("/bin/sh", ["-c", Script, "sh", tries, .. command]) };
        process.Start();
        return new(process);
    }

    /// <summary>Runs the command and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await process.StandardInput.WriteLineAsync();
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
