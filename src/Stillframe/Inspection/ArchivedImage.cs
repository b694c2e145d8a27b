using System.Formats.Tar;
using Stillframe.Images;
using Stillframe.Layers;
using Stillframe.Registries;

namespace Stillframe.Inspection;

/// <summary>An image layout in one tar, as <see cref="Destinations.OciArchiveDestination"/> and <c>skopeo</c> write it. OCI image specification, "Image Layout".</summary>
/// <param name="path">Has to be a file: the tar is passed over, not read.</param>
sealed class ArchivedImage(string path)
{
    readonly Dictionary<string, (long Offset, long Length)> entries = new(StringComparer.Ordinal);

    /// <exception cref="StillframeException">SF3007, SF3005.</exception>
    public async Task<(OciImage Image, ImageConfig Config)> ReadAsync(CancellationToken cancellationToken)
    {
        await ListAsync(cancellationToken);
        var index = Wire.Read<IndexJson>(await ReadAsync("index.json", cancellationToken), $"The index in '{path}'");
        if (index.Manifests is not [{ MediaType: MediaTypes.OciManifest } descriptor])
            throw Invalid("its index does not name exactly one OCI image");
        var manifest = await ReadAsync(descriptor, cancellationToken);
        if (Wire.Read<ManifestJson>(manifest, $"The manifest in '{path}'") is not { Config: not null, Layers: not null } json)
            throw Invalid("its manifest names no configuration or no layers");
        var config = await ReadAsync(json.Config, cancellationToken);
        var image = new OciImage(
            Blob.OfBytes(MediaTypes.OciManifest, manifest),
            Blob.OfBytes(json.Config.MediaType, config),
            [.. json.Layers.Select(layer => new Blob(layer, async token => new MemoryStream(await ReadAsync(layer, token), writable: false)))]);
        return (image, RegistryFrames.Parse(config, path));
    }

    async Task ListAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(path);
            await using var tar = new TarReader(file);
            while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
                entries[entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name] = (entry.DataOffset, entry.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or FormatException)
        {
            throw Invalid(e.Message.TrimEnd('.'));
        }
    }

    async Task<byte[]> ReadAsync(Descriptor blob, CancellationToken cancellationToken)
    {
        var bytes = await ReadAsync(ImageLayout.BlobPath(blob.Digest), cancellationToken);
        BlobCache.Verify(blob, Digest.Of(bytes), bytes.Length, $"'{path}'");
        return bytes;
    }

    async Task<byte[]> ReadAsync(string name, CancellationToken cancellationToken)
    {
        if (!entries.TryGetValue(name, out var entry) || entry is not { Offset: >= 0, Length: <= 1 << 30 })
            throw Invalid($"'{name}' is not in it");
        var bytes = new byte[entry.Length];
        await using var file = File.OpenRead(path);
        file.Position = entry.Offset;
        await file.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    StillframeException Invalid(string why) => new(ErrorCodes.LayoutInvalid, $"'{path}' is not a usable OCI archive: {why}. Build the image again.");
}
