using System.Diagnostics;

namespace Stillframe.Processes;

/// <summary>
/// A program that ends with this process, whatever ends this process. A small shell holds the reading end of a pipe from here;
/// when the pipe closes (disposal, exit, crash, SIGKILL) it kills the program. Signals go through the same pipe, by name, so that
/// the same script works on this host and inside a container. Ctrl+C in a terminal reaches the shell and the program
/// too; both ignore it, because what it means is for this process to decide.
/// </summary>
/// <remarks>PR_SET_PDEATHSIG would be shorter, but is tied to the *thread* that started the child, and thread pool threads end.</remarks>
sealed class SupervisedProcess : IAsyncDisposable
{
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>For what was killed: a busy machine takes its time, and files of a program that still runs can't be removed.</summary>
    static readonly TimeSpan KillTimeout = TimeSpan.FromMinutes(1);

    static readonly TimeSpan LastWords = TimeSpan.FromSeconds(0.5);

    /// <summary>Run as <c>sh -c Script sh program arguments…</c>; exits with the program's code (128 + n after signal n).</summary>
    internal const string Script = """
        trap '' INT QUIT HUP TERM
        exec 3<&0 </dev/null
        (trap - HUP TERM; exec "$@") 3<&- &
        program=$!
        (while read -r signal <&3; do kill -s "$signal" $program; done; kill -s KILL $program) >/dev/null 2>&1 &
        guard=$!
        exec 3<&-
        wait $program
        code=$?
        kill -s KILL $guard
        exit $code
        """;

    readonly Process process;
    readonly LogTail log = new();
    Task? disposal;

    SupervisedProcess(Process process)
    {
        this.process = process;
        Exited = WaitAsync();
    }

    /// <summary>Completes with the program's exit code when it has ended and what it wrote has been read.</summary>
    public Task<int> Exited { get; }

    /// <summary>The last 100 lines of both output streams.</summary>
    public string LogTail => log.ToString();

    /// <summary>Completes when the program wrote exactly this line; never, if it does not.</summary>
    public Task AppearsAsync(string line) => log.AppearsAsync(line);

    /// <summary>Kills the program once it writes a line of this kind: where its end is better than its waiting.</summary>
    internal void EndWhenSeen(Predicate<string> isIt) => _ = EndWhenSeenAsync(log.AppearsAsync(isIt));

    async Task EndWhenSeenAsync(Task seen)
    {
        if (await Task.WhenAny(seen, Exited) == seen)
            await DisposeAsync();
    }

    /// <summary>Starts a program of this host.</summary>
    /// <param name="cleanEnvironment">It learns nothing of this process's environment (<see cref="ChildProcess.CleanEnvironment"/>).</param>
    public static SupervisedProcess Start(IEnumerable<string> command, bool cleanEnvironment = false) =>
        Start(ChildProcess.StartInfo("/bin/sh", ["-c", Script, "sh", .. command], new() { HasCleanEnvironment = cleanEnvironment }));

    /// <summary>Starts a program that runs <see cref="Script"/> somewhere else and hands its standard streams through (<c>docker exec -i</c>).</summary>
    internal static SupervisedProcess StartShell(string program, IEnumerable<string> arguments) => Start(ChildProcess.StartInfo(program, arguments));

    static SupervisedProcess Start(ProcessStartInfo start)
    {
        var process = new Process { StartInfo = start };
        try
        {
            process.Start();
            return new(process);
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>Sends a signal, by its name without <c>SIG</c>; does nothing when the program has ended.</summary>
    public async Task SignalAsync(string name)
    {
        try
        {
            await process.StandardInput.WriteLineAsync(name);
            await process.StandardInput.FlushAsync();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // it ended by itself, or was disposed of
        }
    }

    /// <summary>Kills the program and returns when it is gone.</summary>
    public ValueTask DisposeAsync()
    {
        lock (log)
            return new(disposal ??= KillAsync());
    }

    async Task KillAsync()
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // it ended by itself, with something unsent in the pipe
        }

        if (await Task.WhenAny(Exited, Task.Delay(Grace)) != Exited)
        {
            ChildProcess.Kill(process);
            await Task.WhenAny(Exited, Task.Delay(KillTimeout));
        }

        if (Exited.IsCompleted)
            process.Dispose();
    }

    async Task<int> WaitAsync()
    {
        var log = Task.WhenAll(this.log.ReadAsync(process.StandardOutput), this.log.ReadAsync(process.StandardError));
        await process.WaitForExitAsync();
        await Task.WhenAny(log, Task.Delay(LastWords)); // a child of the program may hold the pipes open for ever
        return process.ExitCode;
    }
}
