namespace Stillframe.Engines;

/// <summary>A server that can be had.</summary>
/// <param name="Version">Of its package.</param>
/// <param name="UnpackAsync">Fetches it and all it needs, into an empty directory.</param>
sealed record ServerOffer(string Version, Func<string, CancellationToken, Task> UnpackAsync);

/// <summary>Finds out which server can be had now.</summary>
/// <param name="work">An empty directory, needed until the server is unpacked.</param>
/// <exception cref="StillframeException">SF2008.</exception>
delegate Task<ServerOffer> ServerInquiry(string work, IReporter reporter, CancellationToken cancellationToken);

/// <summary>The server that the host's apt has.</summary>
static class AptServer
{
    const string Core = "^mariadb-server-core(-[0-9.]+)?$", Client = "^mariadb-client(-[0-9.]+)?$";

    /// <summary>The one file that is wanted of the client's package; it needs no library that the server does not need.</summary>
    public const string AdminFile = $"usr/bin/{HostServer.AdminName}";

    /// <exception cref="StillframeException">SF2008.</exception>
    public static Task<ServerOffer> AskAsync(string work, IReporter reporter, CancellationToken cancellationToken) =>
        AskAsync(new PrivateApt(work), reporter, cancellationToken);

    /// <inheritdoc cref="AskAsync(string, IReporter, CancellationToken)"/>
    public static async Task<ServerOffer> AskAsync(PrivateApt apt, IReporter reporter, CancellationToken cancellationToken)
    {
        await apt.UpdateAsync(cancellationToken);
        var core = await apt.FindAsync(Core, cancellationToken)
            ?? throw new StillframeException(
                ErrorCodes.PackagesUnavailable,
                "This host's apt sources have no package 'mariadb-server-core'. Add the distribution's main (Ubuntu: universe) sources, or use the engine docker or podman.");
        var version = await apt.CandidateAsync(core, cancellationToken);
        var client = await apt.FindAsync(Client, cancellationToken) is { } found && await apt.CandidateAsync(found, cancellationToken) == version ? found : null;
        return new(version, async (root, token) =>
        {
            string[] alone = client is null ? [] : [$"{client}={version}"];
            var (packages, bytes) = await apt.PlanAsync($"{core}={version}", alone, token);
            reporter.Message(Importance.High, $"Downloading MariaDB {version}: {packages} packages, {ByteCount.Text(bytes)}");
            await apt.DownloadAsync([$"{core}={version}"], alone, token);
            await UnpackAsync(apt.Archives, root, client, token);
        });
    }

    static async Task UnpackAsync(string archives, string root, string? client, CancellationToken cancellationToken)
    {
        var status = Directory.CreateDirectory(Path.Combine(root, PackageRecords.StatusDirectory)).FullName;
        var lists = Directory.CreateDirectory(Path.Combine(root, PackageRecords.ListDirectory)).FullName;
        foreach (var archive in Directory.EnumerateFiles(archives, "*.deb").Order(StringComparer.Ordinal))
        {
            var package = new DebPackage(archive);
            var name = await package.ReadNameAsync(cancellationToken);
            Func<string, bool>? only = name == client ? path => path == AdminFile || path == $"usr/share/doc/{name}/copyright" : null;
            var files = await package.UnpackAsync(root, only, cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(status, name), await package.ReadControlAsync(cancellationToken), cancellationToken);
            await File.WriteAllLinesAsync(Path.Combine(lists, name + ".list"), files, cancellationToken);
        }
    }
}
