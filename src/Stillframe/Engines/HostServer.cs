using Stillframe.Processes;

namespace Stillframe.Engines;

/// <summary>The programs of one server on this host, and how to run them.</summary>
/// <param name="Server">Path of <c>mariadbd</c>.</param>
/// <param name="ShareDirectory">Messages, character sets and system tables.</param>
/// <param name="Unpacked">Where the programs are not installed but unpacked; null for installed ones.</param>
/// <param name="Admin">Path of <c>mariadb-admin</c>; null where there is none.</param>
sealed record HostServer(string Server, string ShareDirectory, UnpackedRoot? Unpacked = null, string? Admin = null)
{
    public const string AdminName = "mariadb-admin";

    /// <summary>Where an installed server's libraries are, whatever the distribution.</summary>
    static readonly string[] SystemFiles = ["/usr", "/lib", "/lib32", "/lib64", "/libx32", "/etc/ld.so.cache"];

    /// <summary>Program and arguments that run <c>mariadbd</c>; without option files, which are the host's business.</summary>
    /// <param name="asRoot">Whether it will find itself to be root.</param>
    public IReadOnlyList<string> Command(IEnumerable<string> arguments, bool asRoot) =>
        // an option file is not read only if --no-defaults comes first
        [.. Run(Server), "--no-defaults", .. ServerOptions(asRoot), .. arguments.Where(a => a != "--no-defaults")];

    /// <exception cref="StillframeException">SF2002: the program does not run, or is not MariaDB.</exception>
    public async Task<ServerRelease> ReadReleaseAsync(CancellationToken cancellationToken)
    {
        if (Unpacked is not null && await UnpackedRelease.FindAsync(Unpacked, cancellationToken) is { } known)
            return known;
        var command = Command(["--version"], Environment.IsPrivilegedProcess);
        var result = await ChildProcess.RunAsync(command[0], command.Skip(1), new() { HasCleanEnvironment = true }, cancellationToken);
        if (ServerReleaseText.Parse(result.Output) is not { Product: "MariaDB" } release || result.ExitCode != 0)
            throw new StillframeException(
                ErrorCodes.EngineUnavailable,
                $"'{Server} --version' does not name a MariaDB release (exit code {result.ExitCode}): {result.AllOutput}. Give the path of mariadbd as DatabaseServerPath.");
        if (Unpacked is not null)
            await UnpackedRelease.KeepAsync(Unpacked, result.Output, cancellationToken);
        return release;
    }

    /// <summary>Directories and files of this host that it can't run without, each after those around it; links are to be made again.</summary>
    public IReadOnlyList<(string Path, bool IsLink)> Needs()
    {
        if (Unpacked is not null)
            return [(Unpacked.Directory, false)];
        var own = new[] { Path.GetDirectoryName(Path.GetDirectoryName(Server)!)!, ShareDirectory }
            .Select(path => Path.GetPathRoot(path) == path ? Path.GetDirectoryName(Server)! : path);
        return
        [
            .. from path in SystemFiles.Concat(own.Where(path => !IsBelow(path, "/usr"))).Distinct(StringComparer.Ordinal)
               where Path.Exists(path)
               select (path, new FileInfo(path).LinkTarget is not null),
        ];
    }

    static bool IsBelow(string path, string parent) => path == parent || path.StartsWith(parent + "/", StringComparison.Ordinal);

    IEnumerable<string> Run(string program) => Unpacked is null ? [program] : [Unpacked.Loader, "--library-path", Unpacked.LibraryPath, program];

    IEnumerable<string> ServerOptions(bool asRoot)
    {
        yield return $"--lc-messages-dir={ShareDirectory}";
        yield return $"--character-sets-dir={Path.Combine(ShareDirectory, "charsets")}";
        if (asRoot)
            yield return "--user=root"; // mariadbd wants to be told so
    }
}

/// <summary>A directory with the files of several packages, as they would lie below <c>/</c>.</summary>
/// <param name="Directory">Stands for <c>/</c>.</param>
/// <param name="Loader">Its dynamic loader: these libraries are another release than the host's, down to libc.</param>
/// <param name="LibraryPath">Its library directories, separated by colons.</param>
sealed record UnpackedRoot(string Directory, string Loader, string LibraryPath);
