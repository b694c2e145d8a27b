using Stillframe.Images;
using Stillframe.Layers;
using Stillframe.Registries;

namespace Stillframe.Linking;

/// <summary>Finds the frame that a build can take over from.</summary>
static class PreviousFrames
{
    static readonly string[] Harmless =
        [ErrorCodes.BaseImageMissing, ErrorCodes.BaseImageUnusable, ErrorCodes.RegistryUnreachable, ErrorCodes.RegistryDenied, ErrorCodes.RegistryFailed, ErrorCodes.LayoutInvalid, ErrorCodes.DigestMismatch];

    /// <summary>The first tag with a frame of the data version, else the first with any.</summary>
    /// <returns>Null where there is none; that is no error, but all is made anew.</returns>
    public static async Task<(StoredFrame Frame, OciImage Image)?> InRegistryAsync(
        PreviousFrame previous, string cacheDirectory, IReporter reporter, CancellationToken cancellationToken)
    {
        var images = new RegistryBaseImages(new BlobCache(Path.Combine(cacheDirectory, "blobs")), previous.Options, reporter);
        foreach (var tag in previous.Tags ?? [previous.Reference.Tag ?? "latest"])
        {
            var reference = previous.Reference.WithTag(tag);
            try
            {
                var (image, config) = await images.FindAsync(reference.ToString(), Platform.Current, cancellationToken);
                if (await LinkMapLayer.ReadAsync(config, image.Layers, cancellationToken) is not { } map)
                    continue;
                reporter.Message(Importance.Normal, $"Building on the previous frame {reference}, data version {map.DataVersion[..12]}");
                var remote = image with { Layers = [.. image.Layers.Select(blob => blob with { StaysAtOrigin = true })] };
                return (Of(map, remote), remote);
            }
            catch (StillframeException e) when (e.Code is ErrorCodes.RegistryUnreachable or ErrorCodes.RegistryDenied)
            {
                reporter.Message(Importance.Normal, $"No previous frame to build on. {e.Message}");
                return null;
            }
            catch (StillframeException e) when (Harmless.Contains(e.Code))
            {
                reporter.Message(Importance.Low, $"No previous frame at {reference}. {e.Message}");
            }
        }

        return null;
    }

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
