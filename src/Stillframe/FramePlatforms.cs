using Stillframe.Engines;
using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Oci;

namespace Stillframe;

/// <summary>What a frame's layers of data are put on for other platforms than this machine's: the same server, built for another processor.</summary>
/// <param name="sandbox">Its server loads the data.</param>
sealed class FramePlatforms(FrameRequest request, ISandbox sandbox, IReporter reporter)
{
    /// <summary>Versions that the official images say of themselves.</summary>
    static readonly string[] VersionVariables = ["MARIADB_VERSION", "MYSQL_VERSION", "PERCONA_VERSION"];

    /// <param name="own">This machine's base image; null where it is <c>self</c>.</param>
    /// <param name="blobs">Takes parts of base images.</param>
    /// <param name="pack">Makes a layer of a server's files.</param>
    /// <returns>One a platform; none where the frame is for this machine alone.</returns>
    /// <exception cref="StillframeException">SF2003, SF2004, SF2014: a platform is not available. SF2008, SF3xxx.</exception>
    public async Task<IReadOnlyList<BaseImage>> BasesAsync(
        BaseImage? own, string blobs, Func<IReadOnlyList<ServerFile>, CancellationToken, Task<ImageLayer>> pack, CancellationToken cancellationToken)
    {
        var bases = new List<BaseImage>();
        foreach (var platform in request.OtherPlatforms.Distinct())
        {
            bases.Add(own is null
                ? SelfBaseImage.Of(platform, await pack(await ForeignServer.FilesAsync(platform, sandbox.Release, request.Engine.CacheDirectory, reporter, cancellationToken), cancellationToken))
                : await InRegistryAsync(platform, own, blobs, cancellationToken));
            reporter.Message(Importance.Normal, $"The frame is for {platform}, too, with the same layers of data; it is not started here");
        }

        return bases;
    }

    async Task<BaseImage> InRegistryAsync(Platform platform, BaseImage own, string blobs, CancellationToken cancellationToken)
    {
        if (own.Digest is null)
            throw Unavailable(platform, $"the base image '{own.Reference}' is this machine's engine's own, which has it for {own.Config.Platform} alone. Push it to a registry for all of them, under one tag");
        var images = new RegistryBaseImages(BlobCache.Of(blobs), new(), reporter);
        var found = await images.ResolveAsync(await IndexAsync(images, own, platform, cancellationToken), platform, cancellationToken);
        foreach (var variable in VersionVariables)
        {
            if (found.Config.Variable(variable) is { } version && own.Config.Variable(variable) is { } here && version != here)
                throw Unavailable(platform, $"the base image '{own.Reference}' has the server {version} for it, and {here} for {own.Config.Platform}, which loads the data. Take a base image of one version");
        }

        if (ElfFile.MachineOf(platform) is { } wanted && await ServerProgramFile.MachineAsync(found, sandbox.Server.Program, cancellationToken) is var machine && machine != wanted)
            throw new StillframeException(
                ErrorCodes.BaseImageUnusable,
                $"Base image '{own.Reference}' can't be used for {platform}: {(machine is null ? $"it has no program '{sandbox.Server.Program}', by which a frame of it would be started" : $"its '{sandbox.Server.Program}' is for another processor (ELF machine {machine}, not {wanted})")}. Take one whose images have the same program on all platforms.");
        return found with { Reference = own.Reference };
    }

    /// <summary>Some engines know an image by its own digest, not by that of the index that it was found in: the tag says which that is, as long as it still names the image.</summary>
    async Task<string> IndexAsync(RegistryBaseImages images, BaseImage own, Platform platform, CancellationToken cancellationToken)
    {
        if (await images.ListAsync(own.Reference, cancellationToken) is { Count: > 0 })
            return own.Reference;
        var asked = BaseImageSource.FullName(request.Engine.BaseImage is { Length: > 0 } named ? named : request.Engine.Program.DefaultImage);
        return await images.ListAsync(asked, cancellationToken) is { Count: > 0 } offered && offered.Contains(own.Digest!)
            ? asked
            : throw Unavailable(platform, $"the base image '{own.Reference}' is for {own.Config.Platform} alone. Take the name of one that is for all of them (an image index)");
    }

    static StillframeException Unavailable(Platform platform, string why) => new(
        ErrorCodes.PlatformUnavailable, $"The frame's server is not available for {platform}: {why}, or leave this platform out of DatabaseImageRuntimeIdentifiers.");
}
