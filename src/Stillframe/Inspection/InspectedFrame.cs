using Stillframe.Images;
using Stillframe.Linking;
using Stillframe.Oci;

namespace Stillframe.Inspection;

/// <summary>What can be known of a frame without its data.</summary>
/// <param name="Place">Where it was read, as the user gave it.</param>
/// <param name="Digest">Of its manifest.</param>
/// <param name="Layers">Lowest first, those of the base image included.</param>
sealed record InspectedFrame(string Place, Digest Digest, IReadOnlyList<Descriptor> Layers, LinkMap Map)
{
    /// <exception cref="StillframeException">SF3008.</exception>
    internal static async Task<InspectedFrame> OfAsync(string place, OciImage image, ImageConfig config, CancellationToken cancellationToken)
    {
        if (FrameLabels.Read(config.Labels) is null || await LinkMapLayer.ReadAsync(config, image.Layers, cancellationToken) is not { } map)
            throw NotAFrame(place, "it has no link map that can be read");
        return new(place, image.Digest, [.. image.Layers.Select(layer => layer.Descriptor)], map);
    }

    internal static StillframeException NotAFrame(string place, string why) =>
        new(ErrorCodes.NotAFrame, $"'{place}' is no frame, or one of an older format: {why}. Name an image that this version of Stillframe made.");
}
