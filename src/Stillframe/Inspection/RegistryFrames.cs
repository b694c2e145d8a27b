using Stillframe.Images;
using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.Inspection;

/// <summary>Images of one repository: reads manifests and configurations, and of the layers only what is asked for.</summary>
/// <param name="store">Takes the layers, each when it is first opened; null where only small ones are read.</param>
sealed class RegistryFrames(RegistryClient client, BlobCache? store = null)
{
    /// <summary>Of a configuration or a link map; far more than ten thousand tables need.</summary>
    const long Largest = 64 << 20;

    /// <exception cref="StillframeException">SF3009: there is none. SF3008, SF3002 to SF3005.</exception>
    public async Task<(OciImage Image, ImageConfig Config)> RequireAsync(Reference reference, CancellationToken cancellationToken) =>
        await FindAsync(reference.ManifestName, cancellationToken)
        ?? throw new StillframeException(ErrorCodes.ImageMissing, $"The frame '{reference}' is not there. Check its repository and tag.");

    /// <param name="name">Tag or digest; of an index, the image for this machine, else that for linux/amd64, else the first one.</param>
    /// <returns>Null where there is none.</returns>
    /// <exception cref="StillframeException">SF3008: it is no image; SF3002 to SF3005.</exception>
    public async Task<(OciImage Image, ImageConfig Config)?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var manifest = await client.GetManifestAsync(name, cancellationToken);
        Blob? index = null;
        if (manifest is not null && MediaTypes.IsIndex(manifest.MediaType))
        {
            index = Blob.OfBytes(manifest.MediaType, manifest.Bytes);
            var chosen = Wire.Read<IndexJson>(manifest.Bytes, $"The index '{Place(name)}'").ForThisMachine()
                ?? throw InspectedFrame.NotAFrame(Place(name), "it is an index without images");
            manifest = await client.GetManifestAsync(chosen.Digest.ToString(), cancellationToken);
        }

        if (manifest is null)
            return null;
        var json = Wire.Read<ManifestJson>(manifest.Bytes, $"The manifest '{Place(name)}'");
        if (json is not { Config.Size: < Largest, Layers: not null })
            throw InspectedFrame.NotAFrame(Place(name), $"its manifest ({manifest.MediaType}) names no configuration or no layers");
        var config = await RemoteBlobs.BytesAsync(client, json.Config, cancellationToken);
        var image = new OciImage(
            Blob.OfBytes(manifest.MediaType, manifest.Bytes),
            Blob.OfBytes(json.Config.MediaType, config),
            [.. json.Layers.Select(layer => new Blob(layer, token => OpenAsync(layer, token)))]);
        return (index is null ? image : image with { Index = new(index, [image]) }, Parse(config, Place(name)));
    }

    /// <exception cref="StillframeException">SF3008.</exception>
    public static ImageConfig Parse(byte[] config, string place)
    {
        try
        {
            return ImageConfig.Parse(config, place);
        }
        catch (StillframeException e) when (e.Code == ErrorCodes.BaseImageUnusable)
        {
            throw InspectedFrame.NotAFrame(place, "its configuration is not that of an image");
        }
    }

    string Place(string name) => $"{client.Registry}/{client.Repository}{(Digest.TryParse(name, out _) ? "@" : ":")}{name}";

    async Task<Stream> OpenAsync(Descriptor blob, CancellationToken cancellationToken)
    {
        if (store is null)
            return new MemoryStream(await RemoteBlobs.BytesAsync(client, blob, cancellationToken), writable: false);
        var path = store.Find(blob) ?? await RemoteBlobs.KeepAsync(client, blob, store, cancellationToken);
        return File.OpenRead(path);
    }
}
