using Stillframe.Images;
using Stillframe.Layers;
using Stillframe.Oci;

namespace Stillframe.Destinations;

/// <summary>
/// One tar that is an OCI image layout (OCI image specification, "Image Layout") and a docker archive (Docker image specification v1.2)
/// at once: old engines load the second, everything else reads the first. Equal images give equal bytes. A docker archive has no platforms, so that an image for several is a layout alone.
/// </summary>
static class ImageArchive
{
    /// <param name="name">Registry and repository that the tags belong to.</param>
    /// <param name="tags">
    /// All are in the docker archive. The layout's index names the first one only: <c>skopeo</c> asks which image is meant when an index has two entries.
    /// </param>
    /// <param name="leaveOut">Blobs that the reader has; such an archive is no whole image layout.</param>
    public static async Task WriteAsync(OciImage image, Reference name, IReadOnlyList<string> tags, Stream output, CancellationToken cancellationToken, Func<Blob, bool>? leaveOut = null)
    {
        var first = tags.Count == 0 ? null : tags[0];
        var tar = new TarOutput(output, DateTimeOffset.UnixEpoch);
        if (leaveOut is null)
        {
            await tar.WriteAsync(new LayerEntry.Content("oci-layout", ImageLayout.LayoutFile), cancellationToken);
            await tar.WriteAsync(new LayerEntry.Content("index.json", ImageLayout.Index(image, first, first is null ? null : name.WithTag(first).ToString())), cancellationToken);
        }

        if (image.Index is null)
            await tar.WriteAsync(new LayerEntry.Content("manifest.json", DockerManifest(image, name, tags)), cancellationToken);
        await tar.WriteAsync(new LayerEntry.Directory("blobs"), cancellationToken);
        await tar.WriteAsync(new LayerEntry.Directory("blobs/sha256"), cancellationToken);
        foreach (var blob in image.Blobs.Concat(image.Manifests).Where(blob => leaveOut?.Invoke(blob) != true).OrderBy(blob => blob.Descriptor.Digest.Hex, StringComparer.Ordinal))
        {
            await using var content = await blob.Open(cancellationToken);
            await tar.WriteFileAsync(
                new LayerEntry.Content(ImageLayout.BlobPath(blob.Descriptor.Digest), []), blob.Descriptor.Size, content, cancellationToken);
        }

        await tar.EndAsync(cancellationToken);
    }

    static byte[] DockerManifest(OciImage image, Reference name, IReadOnlyList<string> tags) => Wire.Write<DockerArchiveJson[]>(
    [
        new(
            ImageLayout.BlobPath(image.Config.Descriptor.Digest),
            [.. tags.Select(tag => name.WithTag(tag).ToString())],
            [.. image.Layers.Select(layer => ImageLayout.BlobPath(layer.Descriptor.Digest))]),
    ]);
}
