using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Linking;
using Stillframe.Oci;

namespace Stillframe.Inspection;

/// <summary>Finds the frame that a build can take over from.</summary>
static class PreviousFrames
{
    static readonly string[] Harmless =
    [
        ErrorCodes.BaseImageMissing, ErrorCodes.BaseImageUnusable, ErrorCodes.ImageMissing, ErrorCodes.NotAFrame, ErrorCodes.RegistryUnreachable, ErrorCodes.RegistryDenied,
        ErrorCodes.RegistryFailed, ErrorCodes.LayoutInvalid, ErrorCodes.DigestMismatch,
    ];

    /// <summary>
    /// What the first of the tags points at that is there; else, where several were to be tried, the frame that was pushed last, or the newest by its labels.
    /// </summary>
    /// <returns>Null where there is none; that is no error, but all is made anew.</returns>
    /// <exception cref="StillframeException">SF3002 to SF3005, SF3008, SF3009: the frame is <see cref="PreviousFrame.IsRequired"/> and is not available.</exception>
    public static async Task<(StoredFrame Frame, OciImage Image)?> InRegistryAsync(
        PreviousFrame previous, string cacheDirectory, IReporter reporter, CancellationToken cancellationToken)
    {
        var images = new RegistryBaseImages(BlobCache.Of(cacheDirectory), previous.Options, reporter);
        if (previous.IsRequired)
            return await RequireAsync(images, previous.Reference, reporter, cancellationToken);
        try
        {
            IReadOnlyList<string> tags = previous.Tags is { } given ? [.. given, FrameTags.Newest] : [previous.Reference.Tag ?? "latest"];
            foreach (var tag in tags.Distinct(StringComparer.Ordinal))
            {
                if (await FindAsync(images, previous.Reference.WithTag(tag), reporter, cancellationToken) is { } found)
                    return found;
            }

            return previous.Tags is not null && await NewestAsync(previous, reporter, cancellationToken) is { } newest
                ? await FindAsync(images, newest, reporter, cancellationToken)
                : null;
        }
        catch (StillframeException e) when (Harmless.Contains(e.Code))
        {
            reporter.Message(Importance.Normal, $"No previous frame to build on. {e.Message}");
            return null;
        }
    }

    static async Task<(StoredFrame Frame, OciImage Image)> RequireAsync(
        RegistryBaseImages images, Reference reference, IReporter reporter, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(images, reference, reporter, cancellationToken)
                ?? throw Required(ErrorCodes.NotAFrame, reference, "it is no frame of Stillframe, or one of another format", null);
        }
        catch (StillframeException e) when (Harmless.Contains(e.Code))
        {
            throw e.Code switch
            {
                ErrorCodes.BaseImageMissing => Required(ErrorCodes.ImageMissing, reference, $"there is no image of this name for {Platform.Current}", e),
                ErrorCodes.BaseImageUnusable or ErrorCodes.LayoutInvalid => Required(ErrorCodes.NotAFrame, reference, "it is no image that can be read", e),
                _ => Required(e.Code, reference, e.Message.TrimEnd('.'), e),
            };
        }
    }

    static StillframeException Required(string code, Reference reference, string why, Exception? inner) => new(
        code,
        $"The frame that DatabaseImagePrevious names, '{reference}', can't be built on: {why}. Correct it, or leave it out: then the newest frame at this build's destination is taken.",
        innerException: inner);

    static async Task<Reference?> NewestAsync(PreviousFrame previous, IReporter reporter, CancellationToken cancellationToken)
    {
        var log = await FrameLog.ReadAsync(previous.Reference, previous.Options, SilentReporter.Instance, cancellationToken);
        if (!log.Complete)
        {
            reporter.Message(
                Importance.High,
                $"{log.Repository} has more than {log.Tags} tags, of which no more were looked at: a newer frame to build on may be under another one. Set DatabaseImagePrevious to it, once; from then on '{FrameTags.Newest}' points at it.");
        }

        return log.Frames is [var newest, ..] ? previous.Reference.WithTag(newest.Tags[0]) : null;
    }

    /// <exception cref="StillframeException">The registry can't be asked.</exception>
    static async Task<(StoredFrame Frame, OciImage Image)?> FindAsync(
        RegistryBaseImages images, Reference reference, IReporter reporter, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(images, reference, reporter, cancellationToken);
        }
        catch (StillframeException e) when (Harmless.Contains(e.Code) && e.Code is not (ErrorCodes.RegistryUnreachable or ErrorCodes.RegistryDenied))
        {
            reporter.Message(Importance.Low, $"No previous frame at {reference}. {e.Message}");
            return null;
        }
    }

    /// <summary>Null where the image is no frame.</summary>
    static async Task<(StoredFrame Frame, OciImage Image)?> ReadAsync(
        RegistryBaseImages images, Reference reference, IReporter reporter, CancellationToken cancellationToken)
    {
        var (image, config) = await images.FindAsync(reference.ToString(), cancellationToken);
        if (await LinkMapLayer.ReadAsync(config, image.Layers, cancellationToken) is not { } map)
            return null;
        reporter.Message(Importance.Normal, $"Building on the previous frame {reference}, data version {map.DataVersion[..12]}");
        var remote = Remote(image);
        if (image.Index is { } index)
            remote = remote with { Index = index with { Images = [.. index.Images.Select(Remote)] } };
        return (Of(map, remote), remote);
    }

    static OciImage Remote(OciImage image) => image with { Layers = [.. image.Layers.Select(blob => blob with { StaysAtOrigin = true })] };

    /// <summary>The frame that the last build of this project left.</summary>
    public static async Task<StoredFrame> InLayoutAsync(string layoutDirectory, CancellationToken cancellationToken)
    {
        try
        {
            var image = await ImageLayout.ReadAsync(layoutDirectory, cancellationToken: cancellationToken);
            var map = await LinkMapLayer.ReadAsync(await image.ReadConfigAsync(cancellationToken), image.Layers, cancellationToken);
            return map is null ? StoredFrame.None : Of(map, image);
        }
        catch (Exception e) when (e is IOException || e is StillframeException { Code: var code } && Harmless.Contains(code))
        {
            return StoredFrame.None;
        }
    }

    static StoredFrame Of(LinkMap map, OciImage image) =>
        new(map, image.Layers.DistinctBy(blob => blob.Descriptor.Digest).ToDictionary(blob => blob.Descriptor.Digest));
}
