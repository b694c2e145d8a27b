using Stillframe.Oci;

namespace Stillframe.Images;

/// <summary>A finished image: what a destination delivers.</summary>
/// <param name="Manifest">OCI image specification, "Image Manifest".</param>
/// <param name="Config">OCI image specification, "Image Configuration".</param>
/// <param name="Layers">Lowest first.</param>
public sealed record OciImage(Blob Manifest, Blob Config, IReadOnlyList<Blob> Layers)
{
    /// <summary>Of an image for several platforms, of which this is one: what names them all. Null where there is one alone.</summary>
    public ImageIndex? Index { get; init; }

    /// <summary>This platform's image by itself.</summary>
    internal OciImage Alone => this with { Index = null };

    /// <summary>Of each platform, in the index's order.</summary>
    internal IReadOnlyList<OciImage> Platforms => Index?.Images ?? [this];

    /// <summary>What a tag points at: the index, or the manifest.</summary>
    internal Blob Top => Index?.Content ?? Manifest;

    /// <summary>All manifests, and after them the index that names them.</summary>
    internal IReadOnlyList<Blob> Manifests => Index is null ? [Manifest] : [.. Index.Images.Select(image => image.Manifest), Index.Content];

    /// <summary>Of its index or, where it has none, its manifest.</summary>
    public Digest Digest => Top.Descriptor.Digest;

    /// <summary>Configuration and layers, of all platforms, each digest once.</summary>
    public IReadOnlyList<Blob> Blobs => [.. Platforms.SelectMany(image => image.Layers.Append(image.Config)).DistinctBy(blob => blob.Descriptor.Digest)];

    /// <summary>Bytes of all blobs and manifests, as stored.</summary>
    public long Size => Blobs.Concat(Manifests).Sum(blob => blob.Descriptor.Size);

    /// <summary>The configuration, read.</summary>
    public async Task<ImageConfig> ReadConfigAsync(CancellationToken cancellationToken)
    {
        await using var stream = await Config.Open(cancellationToken);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellationToken);
        return ImageConfig.Parse(bytes.ToArray(), Digest.ToString());
    }
}
