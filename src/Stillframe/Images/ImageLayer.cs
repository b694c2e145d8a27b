using Stillframe.Layers;
using Stillframe.Oci;

namespace Stillframe.Images;

/// <summary>A layer of an image, wherever its bytes are.</summary>
/// <param name="Name">What is in it, for the image's history.</param>
/// <param name="DiffId">Digest of the uncompressed tar. OCI image specification, "Image Configuration", section "Layer DiffID".</param>
sealed record ImageLayer(string Name, Digest DiffId, Blob Blob)
{
    public static ImageLayer Of(Layer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return new(layer.Name, layer.DiffId, Blob.OfFile(layer.Descriptor, layer.Path));
    }
}
