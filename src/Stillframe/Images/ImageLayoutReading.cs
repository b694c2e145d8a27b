using System.Globalization;
using Stillframe.Oci;

namespace Stillframe.Images;

public static partial class ImageLayout
{
    /// <summary>Reads the layout's one image: checks manifest, configuration and the sizes of all blobs. Of one for several platforms it is this machine's, with the index of all.</summary>
    /// <param name="digests">Also reads every blob and checks its digest.</param>
    /// <exception cref="StillframeException">SF3007, SF3005.</exception>
    public static async Task<OciImage> ReadAsync(string directory, bool digests = false, CancellationToken cancellationToken = default)
    {
        var index = Wire.Read<IndexJson>(await ReadBytesAsync(Path.Combine(directory, "index.json"), cancellationToken), $"'{directory}/index.json'");
        if (index.Manifests is not [{ MediaType: MediaTypes.OciManifest or MediaTypes.OciIndex } top])
            throw Invalid(directory, "its index does not name exactly one OCI image");

        var origin = Origin(top, out var fromBase);
        var elsewhere = await RemoteBlobs.ReadAsync(directory, cancellationToken);
        var image = top.MediaType == MediaTypes.OciManifest
            ? await ReadImageAsync(directory, top, (origin, fromBase.Count > 0 ? fromBase[0] : 0), elsewhere, cancellationToken)
            : await ReadIndexAsync(directory, top, (origin, fromBase), elsewhere, cancellationToken);
        if (digests)
            await VerifyAsync(image, directory, cancellationToken);
        return image;
    }

    static async Task<OciImage> ReadIndexAsync(
        string directory, Descriptor top, (BlobOrigin? Origin, IReadOnlyList<int> Layers) fromBase, IReadOnlyDictionary<Digest, BlobOrigin> elsewhere, CancellationToken cancellationToken)
    {
        var bytes = await ReadBlobAsync(directory, top, cancellationToken);
        var index = Wire.Read<IndexJson>(bytes, $"The index of the image in '{directory}'");
        var images = new List<(Descriptor, OciImage)>();
        foreach (var entry in index.Images())
            images.Add((entry, await ReadImageAsync(directory, entry, (fromBase.Origin, fromBase.Layers.ElementAtOrDefault(images.Count)), elsewhere, cancellationToken)));
        return images.Count > 0
            ? ImageIndex.Of(Blob.OfBytes(MediaTypes.OciIndex, bytes), index.ForThisMachine(), images)
            : throw Invalid(directory, "its index names no image of any platform");
    }

    static async Task<OciImage> ReadImageAsync(
        string directory, Descriptor descriptor, (BlobOrigin? Origin, int Layers) fromBase, IReadOnlyDictionary<Digest, BlobOrigin> elsewhere, CancellationToken cancellationToken)
    {
        var manifestBytes = await ReadBlobAsync(directory, descriptor, cancellationToken);
        var manifest = Wire.Read<ManifestJson>(manifestBytes, $"The manifest in '{directory}'");
        if (manifest is not { Config: not null, Layers: not null })
            throw Invalid(directory, "its manifest names no configuration or no layers");
        await ReadBlobAsync(directory, manifest.Config, cancellationToken);

        var layers = manifest.Layers.Select((layer, i) => elsewhere.TryGetValue(layer.Digest, out var place) && !File.Exists(Path.Combine(directory, BlobPath(layer.Digest)))
            ? RemoteBlobs.Open(directory, layer, place)
            : Open(directory, layer, i < fromBase.Layers ? fromBase.Origin : null)).ToList();
        return new(Blob.OfBytes(MediaTypes.OciManifest, manifestBytes), Open(directory, manifest.Config, null), layers);
    }

    static Blob Open(string directory, Descriptor descriptor, BlobOrigin? origin)
    {
        var file = new FileInfo(Path.Combine(directory, BlobPath(descriptor.Digest)));
        if (!file.Exists || file.Length != descriptor.Size)
            throw Invalid(directory, $"blob {descriptor.Digest} is {(file.Exists ? $"{file.Length} bytes, not {descriptor.Size}" : "missing")}");
        return Blob.OfFile(descriptor, file.FullName, origin);
    }

    /// <param name="layers">How many of the first layers come from there, of each platform.</param>
    static BlobOrigin? Origin(Descriptor top, out IReadOnlyList<int> layers)
    {
        layers = [];
        var annotations = top.Annotations ?? new Dictionary<string, string>();
        if (!annotations.TryGetValue(AnnotationNames.BaseOrigin, out var name)
            || !annotations.TryGetValue(AnnotationNames.BaseLayers, out var count)
            || count.Split(',').Select(one => int.TryParse(one, CultureInfo.InvariantCulture, out var number) ? number : -1).ToList() is not { } counts
            || counts.Contains(-1))
            return null;
        layers = counts;
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
