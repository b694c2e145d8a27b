using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.Images;

/// <summary>Base images from registries.</summary>
/// <param name="cache">Takes the layers, each when it is first opened; a push to the same registry may never need them here.</param>
sealed class RegistryBaseImages(BlobCache cache, RegistryOptions options, IReporter reporter)
{
    /// <summary>Finds what a reference means now: reads manifest and configuration, not the layers.</summary>
    /// <exception cref="StillframeException">SF2003 not there or not for this platform, SF2004 no image, SF3002 to SF3005, SF1103.</exception>
    public async Task<BaseImage> ResolveAsync(string reference, Platform platform, CancellationToken cancellationToken)
    {
        var (image, config) = await FindAsync(reference, platform, cancellationToken);
        return new(reference, image.Digest, config, image.Layers);
    }

    /// <inheritdoc cref="ResolveAsync"/>
    public async Task<(OciImage Image, ImageConfig Config)> FindAsync(string reference, Platform platform, CancellationToken cancellationToken)
    {
        var name = Reference.Parse(reference);
        using var client = Client(name);
        var manifest = await FindAsync(client, name, platform, cancellationToken);
        var json = Wire.Read<ManifestJson>(manifest.Bytes, $"The manifest of base image '{reference}'");
        if (json is not { Config: not null, Layers: not null })
            throw Unusable(name, $"its manifest ({manifest.MediaType}) names no configuration or no layers");

        var configPath = await FetchAsync(client, json.Config, cancellationToken);
        var config = ImageConfig.Parse(await File.ReadAllBytesAsync(configPath, cancellationToken), reference);
        if (config.DiffIds.Count != json.Layers.Count)
            throw Unusable(name, $"it has {json.Layers.Count} layers and {config.DiffIds.Count} diff ids");
        if (!platform.Accepts(config.Platform))
            throw Missing($"Base image '{name}' is for {config.Platform}, not for {platform}. Take one for {platform}.");

        var origin = new BlobOrigin(name.Registry, name.Repository);
        return (
            new(
                Blob.OfBytes(manifest.MediaType, manifest.Bytes),
                Blob.OfFile(json.Config, configPath),
                [.. json.Layers.Select(layer => new Blob(layer, token => OpenAsync(name, layer, token), origin))]),
            config);
    }

    static async Task<RegistryManifest> FindAsync(RegistryClient client, Reference name, Platform platform, CancellationToken cancellationToken)
    {
        var found = await client.GetManifestAsync(name.ManifestName, cancellationToken)
            ?? throw Missing($"Base image '{name}' is not there. Check its name and tag, or set DatabaseBaseImage to one that is.");
        if (!MediaTypes.IsIndex(found.MediaType))
            return found;

        var offered = Wire.Read<IndexJson>(found.Bytes, $"The index of base image '{name}'").Manifests ?? [];
        var chosen = offered.FirstOrDefault(entry => MediaTypes.IsManifest(entry.MediaType) && entry.Platform is { } is_ && platform.Accepts(is_))
            ?? throw Missing($"Base image '{name}' is not there for {platform}, only for {string.Join(", ", offered.Select(entry => entry.Platform).OfType<Platform>().Where(entry => entry.Os != "unknown"))}. Take one for {platform}.");
        return await client.GetManifestAsync(chosen.Digest.ToString(), cancellationToken)
            ?? throw Missing($"The index of base image '{name}' names manifest {chosen.Digest}, which is not there. Push that image again, or take another one.");
    }

    async Task<Stream> OpenAsync(Reference name, Descriptor layer, CancellationToken cancellationToken)
    {
        using var client = Client(name);
        return File.OpenRead(await FetchAsync(client, layer, cancellationToken));
    }

    async Task<string> FetchAsync(RegistryClient client, Descriptor blob, CancellationToken cancellationToken) =>
        cache.Find(blob) ?? await RemoteBlobs.KeepAsync(client, blob, cache, cancellationToken);

    RegistryClient Client(Reference name) => new(name.Registry, name.Repository, RegistryAccess.Pull, options, reporter);

    static StillframeException Missing(string message) => new(ErrorCodes.BaseImageMissing, message);

    static StillframeException Unusable(Reference name, string why) =>
        new(ErrorCodes.BaseImageUnusable, $"Base image '{name}' can't be used: {why}. Take an image for Linux containers.");
}
