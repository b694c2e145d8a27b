using System.Formats.Tar;
using Stillframe.Images;
using Stillframe.Oci;

namespace Stillframe.Inspection;

/// <summary>
/// An image layout in one tar, as <see cref="Destinations.OciArchiveDestination"/>, <c>skopeo</c> and newer engines' <c>save</c> write it. OCI image specification,
/// "Image Layout".
/// </summary>
/// <param name="path">Has to be a file: the tar is passed over, not read.</param>
sealed class ArchivedImage(string path)
{
    /// <summary>Of what is read into memory.</summary>
    const long Largest = 64 << 20;

    readonly Dictionary<string, (long Offset, long Length)> entries = new(StringComparer.Ordinal);

    /// <exception cref="StillframeException">SF3007, SF3005.</exception>
    public async Task<(OciImage Image, ImageConfig Config)> ReadAsync(CancellationToken cancellationToken)
    {
        await ListAsync(cancellationToken);
        if (entries.ContainsKey("manifest.json") && !entries.ContainsKey("index.json"))
            throw new StillframeException(
                ErrorCodes.LayoutInvalid,
                $"'{path}' is an archive in the form of old container engines ('docker save'), which does not tell the digests that the image has elsewhere. Push the image and name its reference, or make an OCI archive of it: 'skopeo copy docker-archive:{path} oci-archive:FILE.tar'.");
        var index = Wire.Read<IndexJson>(await ReadAsync("index.json", cancellationToken), $"The index in '{path}'");
        if (index.Manifests is not [{ MediaType: MediaTypes.OciManifest or MediaTypes.OciIndex } descriptor])
            throw Invalid("its index does not name exactly one OCI image");
        Blob? platforms = null;
        if (descriptor.MediaType == MediaTypes.OciIndex)
        {
            var bytes = await ReadAsync(descriptor, cancellationToken);
            platforms = Blob.OfBytes(descriptor.MediaType, bytes);
            descriptor = Wire.Read<IndexJson>(bytes, $"The index of the image in '{path}'").ForThisMachine() ?? throw Invalid("its index names no image of any platform");
        }

        var manifest = await ReadAsync(descriptor, cancellationToken);
        if (Wire.Read<ManifestJson>(manifest, $"The manifest in '{path}'") is not { Config: not null, Layers: not null } json)
            throw Invalid("its manifest names no configuration or no layers");
        var config = await ReadAsync(json.Config, cancellationToken);
        var image = new OciImage(
            Blob.OfBytes(MediaTypes.OciManifest, manifest),
            Blob.OfBytes(json.Config.MediaType, config),
            [.. json.Layers.Select(layer => new Blob(layer, async token => await OpenAsync(layer, token)))]);
        return (platforms is null ? image : image with { Index = new(platforms, [image]) }, RegistryFrames.Parse(config, path));
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
        await using var stream = await OpenAsync(blob, cancellationToken);
        return await ReadAsync(stream, cancellationToken);
    }

    async Task<byte[]> ReadAsync(string name, CancellationToken cancellationToken)
    {
        await using var stream = Open(name);
        return await ReadAsync(stream, cancellationToken);
    }

    async Task<byte[]> ReadAsync(FileSlice stream, CancellationToken cancellationToken)
    {
        if (stream.Length > Largest)
            throw Invalid("its index, manifest or configuration is too large");
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    /// <summary>A blob, when all of it has been found right.</summary>
    async Task<FileSlice> OpenAsync(Descriptor blob, CancellationToken cancellationToken)
    {
        var stream = Open(ImageLayout.BlobPath(blob.Digest));
        try
        {
            BlobCache.Verify(blob, await Digest.OfAsync(stream, cancellationToken), stream.Length, $"'{path}'");
            stream.Position = 0;
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    FileSlice Open(string name)
    {
        if (!entries.TryGetValue(name, out var entry) || entry.Offset < 0)
            throw Invalid($"'{name}' is not in it");
        try
        {
            return new(File.OpenRead(path), entry.Offset, entry.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Invalid(e.Message.TrimEnd('.'));
        }
    }

    StillframeException Invalid(string why) => new(ErrorCodes.LayoutInvalid, $"'{path}' is not a usable OCI archive: {why}. Build the image again.");
}
