using Stillframe.Oci;
using Stillframe.Processes;

namespace Stillframe.Engines;

/// <summary>
/// The files of this host's server as they are for another processor, out of the distribution's packages: by apt with nothing but that architecture, in directories
/// of our own. Nothing of it runs here, and nothing of the host changes.
/// </summary>
static class ForeignServer
{
    static readonly string[] Programs = ["apt-get", "apt-cache", "dpkg-deb"];

    /// <param name="release">Of the server that loads the data: the same one, to the package's revision, has to serve it.</param>
    /// <exception cref="StillframeException">SF2014: it is not available. SF2008, SF3001.</exception>
    public static async Task<IReadOnlyList<ServerFile>> FilesAsync(
        Platform platform, ServerRelease release, string cacheDirectory, IReporter reporter, CancellationToken cancellationToken)
    {
        var architecture = UnpackedServer.ArchitectureOf(platform)
            ?? throw Unavailable(platform, "its packages are taken for amd64 and arm64 only");
        var version = PackageVersion(release.Text)
            ?? throw Unavailable(platform, $"this host's server, '{release.Text}', is of no package of Debian or Ubuntu");
        var cache = new ServerCache(cacheDirectory, Timeout.InfiniteTimeSpan, AskAsync, TimeProvider.System, architecture, version);
        if (!cache.IsFilled && Programs.FirstOrDefault(program => ChildProcess.Find(program) is null) is { } missing)
            throw Unavailable(platform, $"'{missing}' is not on PATH, and packages of Debian or Ubuntu are needed");
        return await ServerFileList.MakeAsync(await cache.GetAsync(reporter, cancellationToken), cancellationToken);

        async Task<ServerOffer> AskAsync(string work, IReporter asking, CancellationToken token)
        {
            var offer = await AptServer.AskAsync(new PrivateApt(work, architecture), asking, token);
            return offer.Version[(offer.Version.IndexOf(':', StringComparison.Ordinal) + 1)..] == version
                ? offer
                : throw Unavailable(platform, $"apt has {offer.Version} for {architecture}, and this machine's server is {version}; DatabaseServerMaximumAge=0 has the embedded engine take apt's newest here, too");
        }
    }

    /// <summary><c>10.11.19-0+deb12u1</c> of <c>10.11.19-MariaDB-0+deb12u1</c>, as the distributions' packages put it; null for another build.</summary>
    internal static string? PackageVersion(string release) =>
        release.Split(' ')[0].Split("-MariaDB-") is [var upstream, { Length: > 0 } revision] && char.IsAsciiDigit(revision[0]) ? $"{upstream}-{revision}" : null;

    static StillframeException Unavailable(Platform platform, string why) => new(
        ErrorCodes.PlatformUnavailable,
        $"The frame's server is not available for {platform}: {why}. Take the engine docker or podman with a base image in a registry that has this platform, or leave it out of DatabaseImageRuntimeIdentifiers.");
}
