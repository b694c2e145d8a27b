using System.Globalization;
using Stillframe.Oci;

namespace Stillframe.Images;

/// <summary>An image as a directory. OCI image specification, "Image Layout".</summary>
public static partial class ImageLayout
{
    /// <param name="directory">Made, or replaced as a whole.</param>
    /// <param name="tag">Names the image in the index; null names it nothing.</param>
    /// <exception cref="StillframeException">SF3001; whatever opening a blob of the base image throws.</exception>
    internal static async Task WriteAsync(OciImage image, string directory, string? tag, CancellationToken cancellationToken)
    {
        directory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        var temporary = $"{directory}.{Path.GetRandomFileName()[..8]}.partial";
        try
        {
            await WriteFilesAsync(image, temporary, tag, cancellationToken);
            Replace(directory, temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NewFile.Refused(directory, e);
        }
        finally
        {
            if (Directory.Exists(temporary))
                Directory.Delete(temporary, recursive: true);
        }
    }

    /// <summary>The index of a layout, or of an archive, that holds one image; that of an image for several platforms names its index.</summary>
    internal static byte[] Index(OciImage image, string? tag, string? containerdName)
    {
        var annotations = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (tag is not null)
            annotations[AnnotationNames.RefName] = tag;
        if (containerdName is not null)
            annotations[AnnotationNames.ContainerdName] = containerdName;
        if (image.Layers.Count > 0 && image.Layers[0].Origin is { } origin)
        {
            annotations[AnnotationNames.BaseOrigin] = $"{origin.Registry}/{origin.Repository}";
            annotations[AnnotationNames.BaseLayers] = string.Join(
                ',', image.Platforms.Select(platform => platform.Layers.TakeWhile(layer => layer.Origin == origin).Count().ToString(CultureInfo.InvariantCulture)));
        }

        var descriptor = image.Top.Descriptor with { Annotations = annotations.Count > 0 ? annotations : null };
        return Wire.Write(new IndexJson(SchemaVersion: 2, MediaTypes.OciIndex, [descriptor]));
    }

    internal static byte[] LayoutFile { get; } = Wire.Write(new LayoutJson("1.0.0"));

    internal static string BlobPath(Digest digest) => $"blobs/sha256/{digest.Hex}";

    static async Task WriteFilesAsync(OciImage image, string directory, string? tag, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.Combine(directory, "blobs", "sha256"));
        await RemoteBlobs.WriteAsync(directory, image.Blobs.Where(blob => blob.StaysAtOrigin), cancellationToken);
        foreach (var blob in image.Blobs.Concat(image.Manifests).Where(blob => !blob.StaysAtOrigin))
            await WriteBlobAsync(blob, Path.Combine(directory, BlobPath(blob.Descriptor.Digest)), cancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(directory, "oci-layout"), LayoutFile, cancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(directory, "index.json"), Index(image, tag, null), cancellationToken);
    }

    static async Task WriteBlobAsync(Blob blob, string path, CancellationToken cancellationToken)
    {
        await using var stream = await blob.Open(cancellationToken);
        if (stream is FileStream file)
        {
            await FileLink.CreateAsync(file.Name, path, cancellationToken);
            return;
        }

        await using var copy = new NewFile(path);
        await stream.CopyToAsync(copy, cancellationToken);
        BlobCache.Verify(blob.Descriptor, Digest.FromHash(copy.Hash()), copy.Length, "The image");
        await copy.CommitAsync();
    }

    static void Replace(string directory, string temporary)
    {
        var old = $"{directory}.{Path.GetRandomFileName()[..8]}.old";
        if (Directory.Exists(directory))
            Directory.Move(directory, old);
        Directory.Move(temporary, directory);
        if (Directory.Exists(old))
            Directory.Delete(old, recursive: true);
    }
}
