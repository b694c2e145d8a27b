using System.IO.Compression;
using Stillframe.Oci;

namespace Stillframe.Layers;

/// <summary>Layers as the tars that they are, however they are stored.</summary>
static class LayerReading
{
    /// <param name="stored">Owned by the result.</param>
    public static Stream Open(Stream stored, string mediaType) => mediaType switch
    {
        MediaTypes.OciLayerGzip or MediaTypes.DockerLayerGzip => new GZipStream(stored, CompressionMode.Decompress),
        MediaTypes.OciLayerZstd or MediaTypes.DockerLayerZstd => Zstd.Open(stored),
        _ => stored,
    };
}
