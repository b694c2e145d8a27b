using System.Formats.Tar;
using System.IO.Compression;
using Stillframe.Layers;
using Stillframe.Oci;

namespace Stillframe.Images;

/// <summary>
/// Reads what <c>docker save</c> and <c>podman save</c> write: a docker archive (Docker image specification v1.2), by newer engines
/// with an OCI layout in the same tar. At its end <c>manifest.json</c> tells which entries are layers: everything that
/// is a tar is kept as a layer, compressed, as it comes.
/// </summary>
sealed class SavedImageReader(BlobCache cache)
{
    const long LargestJson = 8 * 1024 * 1024;
    readonly Dictionary<string, byte[]> small = new(StringComparer.Ordinal);
    readonly Dictionary<string, Layer> layers = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> links = new(StringComparer.Ordinal);

    public async Task ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        await using var tar = new TarReader(stream, leaveOpen: true);
        while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            if (entry.EntryType is TarEntryType.SymbolicLink)
                links[entry.Name] = Resolve(entry.Name, entry.LinkName);
            else if (entry.EntryType is TarEntryType.HardLink)
                links[entry.Name] = entry.LinkName;
            else if (entry.DataStream is { } data)
                await ReadEntryAsync(entry.Name, entry.Length, data, cancellationToken);
        }

        // what follows the end of the tar has to be read, or the engine can't write it
        await stream.CopyToAsync(Stream.Null, cancellationToken);
    }

    /// <exception cref="StillframeException">SF2004.</exception>
    public (byte[] Config, IReadOnlyList<Descriptor> Layers) Result(string image)
    {
        if (!small.TryGetValue("manifest.json", out var bytes)
            || Wire.Read<DockerArchiveJson[]>(bytes, $"The manifest of the saved image '{image}'") is not [var manifest])
            throw Unusable(image, "its archive names not exactly one image");
        if (!small.TryGetValue(Follow(manifest.Config), out var config))
            throw Unusable(image, "its configuration is not in the archive");

        var descriptors = new List<Descriptor>();
        foreach (var (path, id) in manifest.Layers.Zip(ImageConfig.Parse(config, image).DiffIds))
        {
            if (!layers.TryGetValue(Follow(path), out var layer) || layer.DiffId != id)
                throw Unusable(image, $"layer '{path}' is not the one with diff id {id}");
            descriptors.Add(layer.Descriptor);
        }

        return (config, descriptors);
    }

    async Task ReadEntryAsync(string name, long length, Stream data, CancellationToken cancellationToken)
    {
        var start = new byte[2];
        var count = await data.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        var whole = new StartedStream(start.AsMemory(0, count), data);
        if (length <= LargestJson && start[0] is (byte)'{' or (byte)'[')
            await KeepAsync(name, whole, cancellationToken);
        else if (name is not ("VERSION" or "repositories") && !name.EndsWith("/VERSION", StringComparison.Ordinal))
            layers[name] = await PackAsync(name, whole, isGzip: start is [0x1f, 0x8b], cancellationToken);
    }

    async Task KeepAsync(string name, Stream data, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await data.CopyToAsync(bytes, cancellationToken);
        small[name] = bytes.ToArray();
    }

    async Task<Layer> PackAsync(string name, Stream data, bool isGzip, CancellationToken cancellationToken)
    {
        await using var tar = isGzip ? new GZipStream(data, CompressionMode.Decompress) : data;
        await using var file = new LayerFile(Path.Combine(cache.Directory, "sha256", "engine"), LayerCompression.Fast);
        await tar.CopyToAsync(file, 256 * 1024, cancellationToken);
        return await file.CompleteAsync(name, descriptor => cache.PathOf(descriptor.Digest), cancellationToken);
    }

    string Follow(string name) => links.TryGetValue(name, out var target) ? target : name;

    static string Resolve(string name, string target)
    {
        var parts = new List<string>(name.Split('/')[..^1]);
        foreach (var part in target.Split('/'))
        {
            if (part == ".." && parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
            else if (part is not ("." or ".."))
                parts.Add(part);
        }

        return string.Join('/', parts);
    }

    static StillframeException Unusable(string image, string why) =>
        new(ErrorCodes.BaseImageUnusable, $"Base image '{image}' can't be used as the engine saved it: {why}. Push it to a registry and name it there.");
}
