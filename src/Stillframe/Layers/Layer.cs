using Stillframe.Oci;

namespace Stillframe.Layers;

/// <summary>A layer on disk.</summary>
/// <param name="DiffId">Digest of the uncompressed tar. OCI image specification, "Image Configuration", section "Layer DiffID".</param>
/// <param name="UncompressedSize">Bytes of the tar.</param>
/// <param name="Path">The file, compressed or not as the descriptor's media type says.</param>
/// <param name="Name">What is in it, for the image's history.</param>
sealed record Layer(Descriptor Descriptor, Digest DiffId, long UncompressedSize, string Path, string Name);
