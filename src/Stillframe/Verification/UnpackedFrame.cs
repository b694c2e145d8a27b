using System.Formats.Tar;
using System.Runtime.Versioning;
using Stillframe.Images;
using Stillframe.Layers;
using Stillframe.Oci;

namespace Stillframe.Verification;

/// <summary>A frame's files below a directory, none of them writable: how a frame without a container engine is started.</summary>
[UnsupportedOSPlatform("windows")]
static class UnpackedFrame
{
    const UnixFileMode Writable = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public static async Task UnpackAsync(OciImage image, string root, CancellationToken cancellationToken)
    {
        var directory = new ExtractionRoot(root);
        foreach (var layer in image.Layers)
        {
            await using var stored = await layer.Open(cancellationToken);
            await using var tar = new TarReader(Decompressed(layer, stored));
            while (await tar.GetNextEntryAsync(cancellationToken: cancellationToken) is { } entry)
                if (!IsRemoval(entry.Name))
                    await directory.ExtractAsync(entry, cancellationToken);
        }
    }

    /// <summary>Nobody but a root of this machine can write there from now on.</summary>
    public static void Seal(string root)
    {
        foreach (var entry in DirectoryTree.Of(root).Append(new DirectoryInfo(root)).Where(entry => !DirectoryTree.IsLink(entry)))
            entry.UnixFileMode = entry.UnixFileMode & ~Writable | Readable;
    }

    /// <summary>Back to what a directory must be to be removed.</summary>
    public static void Unseal(string root)
    {
        foreach (var directory in DirectoryTree.Of(root).Append(new DirectoryInfo(root)).Where(entry => entry is DirectoryInfo && !DirectoryTree.IsLink(entry)))
            directory.UnixFileMode |= UnixFileMode.UserWrite;
    }

    /// <summary>OCI image specification, "Image Layer Filesystem Changeset", section "Whiteouts".</summary>
    static bool IsRemoval(string name) => Path.GetFileName(name).StartsWith(".wh.", StringComparison.Ordinal);

    static Stream Decompressed(Blob layer, Stream stored) =>
        LayerReading.Open(stored, layer.Descriptor.MediaType);
}
