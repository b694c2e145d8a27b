using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Stillframe.Processes;

/// <summary>What a finished child process left: its exit code and what it wrote (the last 256 KiB of each stream).</summary>
public sealed record ProcessResult(int ExitCode, string Output, string Error)
{
    /// <summary>Both streams, standard error first, trimmed: what goes into a message.</summary>
    public string AllOutput => string.Join(Environment.NewLine, new[] { Error.Trim(), Output.Trim() }.Where(s => s.Length > 0));
}

/// <summary>Runs a program to its end; kills it, children included, when cancelled.</summary>
/// <remarks>Own: with CliWrap, which would have to be shipped with the tasks, the tail that is kept, the clean environment and the end of what is hopeless would still be ours.</remarks>
static class ChildProcess
{
    const int Kept = 256 * 1024;

    /// <summary>
    /// All that a database server needs to know of where it runs: a time zone, a language or a preloaded library of the build's would show in what it
    /// writes.
    /// </summary>
    public static IReadOnlyDictionary<string, string?> CleanEnvironment { get; } = new Dictionary<string, string?>
    {
        ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        ["LC_ALL"] = "C",
        ["TZ"] = "UTC",
    };

    /// <param name="program">Path, or a name to be found on PATH.</param>
    /// <param name="arguments">Passed as they are; no shell is involved.</param>
    /// <param name="options">Null for those that are there by themselves.</param>
    /// <exception cref="Win32Exception">The program can't be started.</exception>
    public static async Task<ProcessResult> RunAsync(
        string program, IEnumerable<string> arguments, ProcessOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        options ??= ProcessOptions.Default;
        using var process = new Process { StartInfo = StartInfo(program, arguments, options) };
        process.Start();
        await using var kill = cancellationToken.Register(() => Kill(process));

        var error = ReadTailAsync(process.StandardError, cancellationToken, options.IsHopeless is not { } isHopeless ? null : text =>
        {
            if (isHopeless(text))
                Kill(process);
        });
        var text = options.Output is null ? ReadTailAsync(process.StandardOutput, cancellationToken) : null;
        var bytes = options.Output?.Invoke(process.StandardOutput.BaseStream, cancellationToken);
        // a program whose output nobody takes any more would never read the rest of its input
        _ = bytes?.ContinueWith(_ => Kill(process), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            try
            {
                if (options.Input is { } input)
                    await input(process.StandardInput.BaseStream, cancellationToken);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // the program ended before it read everything: its exit code and words say why
            }

            if (bytes is not null)
                await bytes;
            await process.WaitForExitAsync(cancellationToken);
            return new(process.ExitCode, text is null ? "" : await text, await error);
        }
        catch
        {
            Kill(process);
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }

    /// <summary>Whether a program of that name is on PATH; its full path, or null.</summary>
    public static string? Find(string name)
    {
        foreach (var directory in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            var path = Path.Combine(directory, OperatingSystem.IsWindows() ? name + ".exe" : name);
            if (File.Exists(path))
                return path;
        }

        return null;
    }

    internal static ProcessStartInfo StartInfo(string program, IEnumerable<string> arguments, ProcessOptions? options = null)
    {
        options ??= ProcessOptions.Default;
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = options.WorkingDirectory ?? "",
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        if (options.HasCleanEnvironment)
        {
            start.Environment.Clear();
            foreach (var (name, value) in CleanEnvironment)
                start.Environment[name] = value;
        }

        foreach (var (name, value) in options.Environment)
        {
            if (value is null)
                start.Environment.Remove(name);
            else
                start.Environment[name] = value;
        }

        return start;
    }

    internal static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // it ended by itself
        }
    }

    static async Task<string> ReadTailAsync(StreamReader reader, CancellationToken cancellationToken, Action<string>? heard = null)
    {
        var text = new StringBuilder();
        var buffer = new char[8192];
        int count;
        while ((count = await reader.ReadAsync(buffer, cancellationToken)) > 0)
        {
            text.Append(buffer, 0, count);
            if (text.Length > 2 * Kept)
                text.Remove(0, text.Length - Kept);
            heard?.Invoke(text.ToString());
        }

        return text.ToString();
    }
}
