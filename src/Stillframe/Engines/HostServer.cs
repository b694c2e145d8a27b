using Stillframe.Processes;

namespace Stillframe.Engines;

/// <summary>The programs of one server on this host, and how to run them.</summary>
/// <param name="Server">Path of <c>mariadbd</c>.</param>
/// <param name="ShareDirectory">Messages, character sets and system tables.</param>
/// <param name="Unpacked">Where the programs are not installed but unpacked; null for installed ones.</param>
sealed record HostServer(string Server, string ShareDirectory, UnpackedRoot? Unpacked = null)
{
    /// <summary>Program and arguments that run <c>mariadbd</c>; without option files, which are the host's business.</summary>
    public IReadOnlyList<string> Command(IEnumerable<string> arguments) =>
        // an option file is not read only if --no-defaults comes first
        [.. Run(Server), "--no-defaults", .. ServerOptions(), .. arguments.Where(a => a != "--no-defaults")];

    /// <exception cref="StillframeException">SF2002: the program does not run, or is not MariaDB.</exception>
    public async Task<ServerRelease> ReadReleaseAsync(CancellationToken cancellationToken)
    {
        var command = Command(["--version"]);
        var result = await ChildProcess.RunAsync(command[0], command.Skip(1), cleanEnvironment: true, cancellationToken: cancellationToken);
        return ServerReleaseText.Parse(result.Output) is { Product: "MariaDB" } release && result.ExitCode == 0
            ? release
            : throw new StillframeException(
                ErrorCodes.EngineUnavailable,
                $"'{Server} --version' does not name a MariaDB release (exit code {result.ExitCode}): {result.Said}. Give the path of mariadbd as DatabaseServerPath.");
    }

    IEnumerable<string> Run(string program) => Unpacked is null ? [program] : [Unpacked.Loader, "--library-path", Unpacked.LibraryPath, program];

    IEnumerable<string> ServerOptions()
    {
        yield return $"--lc-messages-dir={ShareDirectory}";
        yield return $"--character-sets-dir={Path.Combine(ShareDirectory, "charsets")}";
        if (Unpacked is not null)
            yield return $"--plugin-dir={Unpacked.PluginDirectory}"; // not the host's plugins, which are of another release
        if (Environment.IsPrivilegedProcess)
            yield return "--user=root"; // mariadbd wants to be told so
    }
}

/// <summary>A directory with the files of several packages, as they would lie below <c>/</c>.</summary>
/// <param name="Directory">Stands for <c>/</c>.</param>
/// <param name="Loader">Its dynamic loader: these libraries are another release than the host's, down to libc.</param>
/// <param name="LibraryPath">Its library directories, separated by colons.</param>
/// <param name="PluginDirectory">Its server plugins; may not exist.</param>
sealed record UnpackedRoot(string Directory, string Loader, string LibraryPath, string PluginDirectory);
