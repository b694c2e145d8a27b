namespace Stillframe.Engines;

/// <summary>
/// Servers unpacked from the distribution's packages, one directory a version, kept between builds: what is there is used as it
/// is, without asking apt, so the server's version changes only when somebody deletes the directory.
/// </summary>
/// <param name="cacheDirectory">Servers are kept in its subdirectory <c>servers</c>.</param>
sealed class ServerCache(string cacheDirectory)
{
    const string Unfinished = ".unfinished-";
    const string Core = "^mariadb-server-core(-[0-9.]+)?$";

    readonly string _servers = Path.Combine(Path.GetFullPath(cacheDirectory), "servers");

    /// <summary>Whether a server is there already, so that no package is needed.</summary>
    public bool IsFilled => Find() is not null;

    /// <exception cref="StillframeException">SF2008.</exception>
    public async Task<HostServer> GetAsync(IReporter reporter, CancellationToken cancellationToken)
    {
        if (Find() is { } present)
            return UnpackedServer.Describe(present);

        try
        {
            Directory.CreateDirectory(_servers);
            await using var only = await LockFile.TakeAsync(Path.Combine(_servers, ".lock"), reporter, cancellationToken);
            return UnpackedServer.Describe(Find() ?? await UnpackAsync(reporter, cancellationToken));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StillframeException(
                ErrorCodes.PackagesUnavailable,
                $"The server's packages can't be unpacked into '{_servers}': {e.Message} Check the free space and permissions there, or set another cache directory.",
                innerException: e);
        }
    }

    string? Find() =>
        !Directory.Exists(_servers)
            ? null
            : Directory.EnumerateDirectories(_servers, $"mariadb-*-{UnpackedServer.Architecture}").MaxBy(Directory.GetLastWriteTimeUtc);

    async Task<string> UnpackAsync(IReporter reporter, CancellationToken cancellationToken)
    {
        // we hold the lock, so whatever is unfinished was left by a build that was killed
        foreach (var left in Directory.EnumerateDirectories(_servers, Unfinished + "*"))
            Directory.Delete(left, recursive: true);

        var work = Directory.CreateDirectory(Path.Combine(_servers, Unfinished + Path.GetRandomFileName()[..8])).FullName;
        try
        {
            var apt = new PrivateApt(Directory.CreateDirectory(Path.Combine(work, "apt")).FullName);
            reporter.Message(Importance.High, "Asking apt for a MariaDB server (once; nothing is installed)");
            await apt.UpdateAsync(cancellationToken);
            var core = await apt.FindAsync(Core, cancellationToken)
                ?? throw new StillframeException(
                    ErrorCodes.PackagesUnavailable,
                    "This host's apt sources have no package 'mariadb-server-core'. Add the distribution's main (Ubuntu: universe) sources, or use the engine docker or podman.");
            var version = await apt.CandidateAsync(core, cancellationToken);
            var (packages, bytes) = await apt.PlanAsync($"{core}={version}", cancellationToken);
            reporter.Message(Importance.High, FormattableString.Invariant($"Downloading MariaDB {version}: {packages} packages, {bytes / 1e6:0.0} MB"));
            await apt.DownloadAsync([$"{core}={version}"], [], cancellationToken);

            var root = Directory.CreateDirectory(Path.Combine(work, "root")).FullName;
            await UnpackPackagesAsync(apt.Archives, root, cancellationToken);
            UnpackedServer.Describe(root); // complete?

            var name = $"mariadb-{version[(version.IndexOf(':', StringComparison.Ordinal) + 1)..]}-{UnpackedServer.Architecture}";
            var target = Path.Combine(_servers, name);
            Directory.Move(root, target);
            reporter.Message(Importance.Normal, $"MariaDB {version} is kept in '{target}' for later builds");
            return target;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    static async Task UnpackPackagesAsync(string archives, string root, CancellationToken cancellationToken)
    {
        var status = Directory.CreateDirectory(Path.Combine(root, PackageRecords.StatusDirectory)).FullName;
        var lists = Directory.CreateDirectory(Path.Combine(root, PackageRecords.ListDirectory)).FullName;
        foreach (var archive in Directory.EnumerateFiles(archives, "*.deb").Order(StringComparer.Ordinal))
        {
            var package = new DebPackage(archive);
            var name = await package.ReadNameAsync(cancellationToken);
            var files = await package.UnpackAsync(root, null, cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(status, name), await package.ReadControlAsync(cancellationToken), cancellationToken);
            await File.WriteAllLinesAsync(Path.Combine(lists, name + ".list"), files, cancellationToken);
        }
    }
}
