using Stillframe.Oci;

namespace Stillframe.Images;

/// <summary>A finished image: what a destination delivers.</summary>
/// <param name="Manifest">OCI image specification, "Image Manifest".</param>
/// <param name="Config">OCI image specification, "Image Configuration".</param>
/// <param name="Layers">Lowest first.</param>
public sealed record OciImage(Blob Manifest, Blob Config, IReadOnlyList<Blob> Layers)
{
    /// <summary>Of its manifest.</summary>
    public Digest Digest => Manifest.Descriptor.Digest;

    /// <summary>Configuration and layers, each digest once.</summary>
    public IReadOnlyList<Blob> Blobs => [.. Layers.Append(Config).DistinctBy(blob => blob.Descriptor.Digest)];

    /// <summary>Bytes of all blobs and the manifest, as stored.</summary>
    public long Size => Blobs.Sum(blob => blob.Descriptor.Size) + Manifest.Descriptor.Size;

    /// <summary>The configuration, read.</summary>
    public async Task<ImageConfig> ReadConfigAsync(CancellationToken cancellationToken)
    {
        await using var stream = await Config.Open(cancellationToken);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellationToken);
        return ImageConfig.Parse(bytes.ToArray(), Digest.ToString());
    }
}
