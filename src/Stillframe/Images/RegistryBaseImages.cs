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
        var name = Reference.Parse(reference);
        using var client = Client(name);
        var found = await RequireAsync(client, name, cancellationToken);
        if (MediaTypes.IsIndex(found.MediaType))
            found = await FollowAsync(client, name, Choose(name, ReadIndex(name, found), platform), cancellationToken);
        var (image, config) = await ReadAsync(client, name, found, cancellationToken);
        Require(platform, name, config);
        return new(reference, image.Digest, config, image.Layers);
    }

    /// <summary>As <see cref="ResolveAsync"/>, but of an image for several platforms it is this machine's, with the index of all.</summary>
    /// <inheritdoc cref="ResolveAsync"/>
    public async Task<(OciImage Image, ImageConfig Config)> FindAsync(string reference, CancellationToken cancellationToken)
    {
        var name = Reference.Parse(reference);
        using var client = Client(name);
        var found = await RequireAsync(client, name, cancellationToken);
        if (!MediaTypes.IsIndex(found.MediaType))
        {
            var (one, config) = await ReadAsync(client, name, found, cancellationToken);
            Require(Platform.Current, name, config);
            return (one, config);
        }

        var index = ReadIndex(name, found);
        var chosen = Choose(name, index, Platform.Current);
        var images = new List<(Descriptor, OciImage)>();
        foreach (var entry in index.Images())
            images.Add((entry, (await ReadAsync(client, name, await FollowAsync(client, name, entry, cancellationToken), cancellationToken)).Image));
        var image = ImageIndex.Of(Blob.OfBytes(found.MediaType, found.Bytes), chosen, images);
        return (image, await image.ReadConfigAsync(cancellationToken));
    }

    /// <summary>Digests of the images of an index; none where the reference is of one image, or of nothing.</summary>
    public async Task<IReadOnlyList<Digest>> ListAsync(string reference, CancellationToken cancellationToken)
    {
        var name = Reference.Parse(reference);
        using var client = Client(name);
        return await client.GetManifestAsync(name.ManifestName, cancellationToken) is { } found && MediaTypes.IsIndex(found.MediaType)
            ? [.. ReadIndex(name, found).Images().Select(entry => entry.Digest)]
            : [];
    }

    async Task<(OciImage Image, ImageConfig Config)> ReadAsync(RegistryClient client, Reference name, RegistryManifest manifest, CancellationToken cancellationToken)
    {
        var reference = name.ToString();
        var json = Wire.Read<ManifestJson>(manifest.Bytes, $"The manifest of base image '{reference}'");
        if (json is not { Config: not null, Layers: not null })
            throw Unusable(name, $"its manifest ({manifest.MediaType}) names no configuration or no layers");

        var configPath = await FetchAsync(client, json.Config, cancellationToken);
        var config = ImageConfig.Parse(await File.ReadAllBytesAsync(configPath, cancellationToken), reference);
        if (config.DiffIds.Count != json.Layers.Count)
            throw Unusable(name, $"it has {json.Layers.Count} layers and {config.DiffIds.Count} diff ids");

        var origin = new BlobOrigin(name.Registry, name.Repository);
        return (
            new(
                Blob.OfBytes(manifest.MediaType, manifest.Bytes),
                Blob.OfFile(json.Config, configPath),
                [.. json.Layers.Select(layer => new Blob(layer, token => OpenAsync(name, layer, token), origin))]),
            config);
    }

    static void Require(Platform platform, Reference name, ImageConfig config)
    {
        if (!platform.Accepts(config.Platform))
            throw Missing($"Base image '{name}' is for {config.Platform}, not for {platform}. Take one for {platform}.");
    }

    static async Task<RegistryManifest> RequireAsync(RegistryClient client, Reference name, CancellationToken cancellationToken) =>
        await client.GetManifestAsync(name.ManifestName, cancellationToken)
        ?? throw Missing($"Base image '{name}' is not there. Check its name and tag, or set DatabaseBaseImage to one that is.");

    static IndexJson ReadIndex(Reference name, RegistryManifest found) => Wire.Read<IndexJson>(found.Bytes, $"The index of base image '{name}'");

    static Descriptor Choose(Reference name, IndexJson index, Platform platform) =>
        index.Images().FirstOrDefault(entry => entry.Platform is { } offered && platform.Accepts(offered))
        ?? throw Missing($"Base image '{name}' is not there for {platform}, only for {string.Join(", ", index.Images().Select(entry => entry.Platform).OfType<Platform>())}. Take one for {platform}.");

    static async Task<RegistryManifest> FollowAsync(RegistryClient client, Reference name, Descriptor entry, CancellationToken cancellationToken) =>
        await client.GetManifestAsync(entry.Digest.ToString(), cancellationToken)
        ?? throw Missing($"The index of base image '{name}' names manifest {entry.Digest}, which is not there. Push that image again, or take another one.");

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
