using System.Globalization;
using Stillframe.Oci;

namespace Stillframe.Images;

public static partial class ImageLayout
{
    /// <summary>Reads the layout's one image: checks manifest, configuration and the sizes of all blobs.</summary>
    /// <param name="digests">Also reads every blob and checks its digest.</param>
    /// <exception cref="StillframeException">SF3007, SF3005.</exception>
    public static async Task<OciImage> ReadAsync(string directory, bool digests = false, CancellationToken cancellationToken = default)
    {
        var index = Wire.Read<IndexJson>(await ReadBytesAsync(Path.Combine(directory, "index.json"), cancellationToken), $"'{directory}/index.json'");
        if (index.Manifests is not { Count: 1 } || index.Manifests[0] is not { MediaType: MediaTypes.OciManifest } descriptor)
            throw Invalid(directory, "its index does not name exactly one OCI image");

        var manifestBytes = await ReadBlobAsync(directory, descriptor, cancellationToken);
        var manifest = Wire.Read<ManifestJson>(manifestBytes, $"The manifest in '{directory}'");
        if (manifest is not { Config: not null, Layers: not null })
            throw Invalid(directory, "its manifest names no configuration or no layers");
        await ReadBlobAsync(directory, manifest.Config, cancellationToken);

        var origin = Origin(descriptor, out var fromBase);
        var elsewhere = await RemoteBlobs.ReadAsync(directory, cancellationToken);
        var layers = manifest.Layers.Select((layer, i) => elsewhere.TryGetValue(layer.Digest, out var place) && !File.Exists(Path.Combine(directory, BlobPath(layer.Digest)))
            ? RemoteBlobs.Open(directory, layer, place)
            : Open(directory, layer, i < fromBase ? origin : null)).ToList();
        var image = new OciImage(Blob.OfBytes(MediaTypes.OciManifest, manifestBytes), Open(directory, manifest.Config, null), layers);
        if (digests)
            await VerifyAsync(image, directory, cancellationToken);
        return image;
    }

    static Blob Open(string directory, Descriptor descriptor, BlobOrigin? origin)
    {
        var file = new FileInfo(Path.Combine(directory, BlobPath(descriptor.Digest)));
        if (!file.Exists || file.Length != descriptor.Size)
            throw Invalid(directory, $"blob {descriptor.Digest} is {(file.Exists ? $"{file.Length} bytes, not {descriptor.Size}" : "missing")}");
        return Blob.OfFile(descriptor, file.FullName, origin);
    }

    static BlobOrigin? Origin(Descriptor manifest, out int layers)
    {
        layers = 0;
        var annotations = manifest.Annotations ?? new Dictionary<string, string>();
        if (!annotations.TryGetValue(AnnotationNames.BaseOrigin, out var name)
            || !annotations.TryGetValue(AnnotationNames.BaseLayers, out var count)
            || !int.TryParse(count, CultureInfo.InvariantCulture, out layers))
            return null;
        var reference = Reference.Parse(name);
        return new(reference.Registry, reference.Repository);
    }

    static async Task VerifyAsync(OciImage image, string directory, CancellationToken cancellationToken)
    {
        foreach (var blob in image.Blobs)
        {
            await using var stream = await blob.Open(cancellationToken);
            BlobCache.Verify(blob.Descriptor, await Digest.OfAsync(stream, cancellationToken), stream.Length, $"'{directory}'");
        }
    }

    static async Task<byte[]> ReadBlobAsync(string directory, Descriptor descriptor, CancellationToken cancellationToken)
    {
        var bytes = await ReadBytesAsync(Path.Combine(directory, BlobPath(descriptor.Digest)), cancellationToken);
        BlobCache.Verify(descriptor, Digest.Of(bytes), bytes.Length, $"'{directory}'");
        return bytes;
    }

    static async Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StillframeException(ErrorCodes.LayoutInvalid, $"'{path}' can't be read: {e.Message.TrimEnd('.')}. Build the image again.", innerException: e);
        }
    }

    static StillframeException Invalid(string directory, string why) =>
        new(ErrorCodes.LayoutInvalid, $"'{directory}' is not a usable image layout: {why}. Build the image again.");
}
