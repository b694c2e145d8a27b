using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.Versioning;
using Stillframe.Engines;
using Stillframe.Images;
using Stillframe.Layers;
using Stillframe.Registries;

namespace Stillframe.Verification;

/// <summary>A frame's files below a directory, none of them writable: how a frame without a container engine is started.</summary>
[UnsupportedOSPlatform("windows")]
static class UnpackedFrame
{
    const UnixFileMode Writable = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public static async Task UnpackAsync(OciImage image, string root, CancellationToken cancellationToken)
    {
        foreach (var layer in image.Layers)
        {
            await using var stored = await layer.Open(cancellationToken);
            await using var tar = new TarReader(Decompressed(layer, stored));
            while (await tar.GetNextEntryAsync(cancellationToken: cancellationToken) is { } entry)
                await UnpackAsync(entry, root, cancellationToken);
        }
    }

    /// <summary>Nobody but a root of this machine can write there from now on.</summary>
    public static void Seal(string root)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(root, "*", SearchOption.AllDirectories).Append(root))
            if (new FileInfo(path).LinkTarget is null)
                File.SetUnixFileMode(path, File.GetUnixFileMode(path) & ~Writable | Readable);
    }

    /// <summary>Back to what a directory must be to be removed.</summary>
    public static void Unseal(string root)
    {
        foreach (var path in Directory.EnumerateDirectories(root, "*", SearchOption.AllDirectories).Append(root))
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserWrite);
    }

    static Stream Decompressed(Blob layer, Stream stored) =>
        LayerReading.Open(stored, layer.Descriptor.MediaType);

    static async Task UnpackAsync(TarEntry entry, string root, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(Path.Combine(root, entry.Name.TrimStart('/')));
        if (!path.StartsWith(root, StringComparison.Ordinal) || Path.GetFileName(path).StartsWith(".wh.", StringComparison.Ordinal))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        switch (entry.EntryType)
        {
            case TarEntryType.Directory:
                Directory.CreateDirectory(path);
                break;
            case TarEntryType.SymbolicLink:
                File.Delete(path);
                File.CreateSymbolicLink(path, entry.LinkName);
                break;
            default:
                await entry.ExtractToFileAsync(path, overwrite: true, cancellationToken);
                break;
        }
    }
}
