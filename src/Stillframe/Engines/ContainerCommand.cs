using System.ComponentModel;
using Stillframe.Processes;

namespace Stillframe.Engines;

/// <summary>
/// A container engine's command line, <c>docker</c> or <c>podman</c>: contexts, remote engines, rootless engines and credential helpers
/// work as they do for whoever types the same commands.
/// </summary>
/// <param name="program"><c>docker</c>, <c>podman</c>, or a path of either.</param>
public sealed class ContainerCommand(string program)
{
    static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(60);

    /// <summary>Words by which <c>docker info</c> tells that containers do not see this machine's network, or may not have it.</summary>
    static readonly string[] WithOtherNetwork = ["rootless", "userns", "Docker Desktop"];

    IReadOnlyList<string>? runOptions;
    string? context;
    Task<bool>? sharesNetwork;

    /// <summary>Docker, as it is on PATH.</summary>
    public static ContainerCommand Docker { get; } = new("docker");

    /// <summary>Podman, as it is on PATH.</summary>
    public static ContainerCommand Podman { get; } = new("podman");

    /// <summary><c>docker</c>, <c>podman</c>, or a path of either.</summary>
    public string Program { get; } = program;

    internal bool IsPodman => Path.GetFileNameWithoutExtension(Program).Contains("podman", StringComparison.OrdinalIgnoreCase);

    /// <summary>Null where the engine answers; otherwise one clause saying why not.</summary>
    public async Task<string?> WhyNotAsync(CancellationToken cancellationToken)
    {
        if (ChildProcess.Find(Program) is null && !File.Exists(Program))
            return $"'{Program}' is not on PATH";

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(AnswerTime);
        try
        {
            // what asks the engine itself, not only the program in front of it
            var result = await RunAsync(
                IsPodman ? ["info", "--format", "{{.Host.OS}}"] : ["version", "--format", "{{.Server.Os}}"],
                timeout.Token);
            if (result.ExitCode != 0)
                return $"the {Program} engine does not answer: {FirstLine(result.AllOutput)}";
            return result.Output.Trim() == "linux" ? null : $"the {Program} engine runs {result.Output.Trim()} containers, not Linux ones";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"the {Program} engine does not answer within {AnswerTime.TotalSeconds:0} seconds";
        }
    }

    /// <summary>
    /// Null where the engine runs containers; otherwise one clause saying why not. Docker comes with its runtime and is believed; podman is tried.
    /// </summary>
    internal async Task<string?> WhyNotRunAsync(CancellationToken cancellationToken)
    {
        if (!IsPodman || runOptions is not null)
            return null;
        (runOptions, var message) = await ContainerTrial.RunAsync(this, cancellationToken);
        return runOptions is null ? $"the {Program} engine answers, but can't run a container: {FirstLine(message)}" : null;
    }

    /// <summary>What comes before <c>run</c>: another runtime, where the engine's own can't run containers here.</summary>
    internal async Task<IReadOnlyList<string>> RunOptionsAsync(CancellationToken cancellationToken)
    {
        await WhyNotRunAsync(cancellationToken);
        return runOptions ?? [];
    }

    /// <summary>Runs a command to its end, whatever its exit code.</summary>
    /// <param name="arguments">Such as <c>["image", "inspect", "mariadb"]</c>.</param>
    /// <exception cref="StillframeException">SF2002: the program can't be started.</exception>
    internal async Task<ProcessResult> RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken, ProcessOptions? options = null)
    {
        try
        {
            return await ChildProcess.RunAsync(Program, arguments, options, cancellationToken);
        }
        catch (Win32Exception e)
        {
            throw new StillframeException(
                ErrorCodes.EngineUnavailable,
                $"'{Program}' can't be started: {e.Message}. Install it, or choose another engine.",
                innerException: e);
        }
    }

    /// <summary>Runs a command that has to succeed; its standard output, trimmed.</summary>
    /// <exception cref="StillframeException">SF2009, with the engine's words.</exception>
    internal async Task<string> ReadAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken, ProcessOptions? options = null)
    {
        var result = await RequireAsync(
            arguments, failed => Failed(string.Join(' ', arguments.Take(2)), failed.ExitCode, failed.AllOutput, "works"), cancellationToken, options);
        return result.Output.Trim();
    }

    /// <summary>Runs a command that has to succeed.</summary>
    /// <param name="failed">What to say where it does not.</param>
    /// <exception cref="StillframeException">SF2002: the program can't be started. What <paramref name="failed"/> gives.</exception>
    internal async Task<ProcessResult> RequireAsync(
        IReadOnlyList<string> arguments,
        Func<ProcessResult, StillframeException> failed,
        CancellationToken cancellationToken,
        ProcessOptions? options = null)
    {
        var result = await RunAsync(arguments, cancellationToken, options);
        return result.ExitCode == 0 ? result : throw failed(result);
    }

    /// <summary>SF2009.</summary>
    /// <param name="ability">What is to be looked at, as the end of "the engine …".</param>
    internal StillframeException Failed(string command, int exitCode, string words, string ability) => new(
        ErrorCodes.ProgramFailed, $"'{Program} {command}' failed with exit code {exitCode}: {words} Check that the {Program} engine {ability}, then build again.");

    /// <summary>
    /// The machine on which published ports appear; null for this one. Taken from <c>DOCKER_HOST</c> or the current context,
    /// for podman from <c>CONTAINER_HOST</c>.
    /// </summary>
    internal async Task<string?> RemoteHostAsync(CancellationToken cancellationToken)
    {
        var address = Environment.GetEnvironmentVariable(IsPodman ? "CONTAINER_HOST" : "DOCKER_HOST");
        if (string.IsNullOrEmpty(address) && !IsPodman)
            address = context ??= (await RunAsync(["context", "inspect", "--format", "{{.Endpoints.docker.Host}}"], cancellationToken)).Output.Trim();
        return RemoteHost(address);
    }

    /// <summary>
    /// Whether a container with <c>--network host</c> listens on this machine's own 127.0.0.1, which spares half of its start. Not where the engine is elsewhere, in a machine of its own
    /// (Docker Desktop), rootless or with users of its own, and not from inside of a container that has its socket. Asked once.
    /// </summary>
    internal Task<bool> SharesNetworkAsync(CancellationToken cancellationToken) => (sharesNetwork ??= AskForNetworkAsync()).WaitAsync(cancellationToken);

    async Task<bool> AskForNetworkAsync()
    {
        if (IsPodman || !OperatingSystem.IsLinux() || await RemoteHostAsync(CancellationToken.None) is not null)
            return false;
        var info = await RunAsync(["info", "--format", "{{.Name}} {{.OperatingSystem}} {{.SecurityOptions}}"], CancellationToken.None);
        return info.ExitCode == 0 && info.Output.StartsWith($"{Environment.MachineName} ", StringComparison.Ordinal)
            && !WithOtherNetwork.Any(word => info.Output.Contains(word, StringComparison.Ordinal));
    }

    /// <summary>Removes a container and its anonymous volumes, running or not; says nothing when there is none.</summary>
    internal async Task RemoveContainerAsync(string name)
    {
        if (IsPodman)
            await RunAsync(["kill", name], CancellationToken.None); // its rm would ask politely first, and wait ten seconds
        await RunAsync(["rm", "-f", "-v", name], CancellationToken.None);
    }

    /// <summary>Runs <see cref="SupervisedProcess.Script"/> in a container, where it keeps a program tied to this process.</summary>
    internal SupervisedProcess StartSupervised(IEnumerable<string> exec, IEnumerable<string> command) =>
        SupervisedProcess.StartShell(Program, [.. exec, "/bin/sh", "-c", SupervisedProcess.Script, "sh", .. command]);

    internal static string? RemoteHost(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "tcp" or "ssh" or "http" or "https" && !uri.IsLoopback
            ? uri.Host
            : null;

    static string FirstLine(string text) => text.Split('\n')[0].Trim();
}
