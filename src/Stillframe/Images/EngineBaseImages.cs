using Stillframe.Engines;
using Stillframe.Oci;

namespace Stillframe.Images;

/// <summary>
/// Base images that are in the local engine alone. What <c>save</c> gives is read as a stream and kept compressed, under the
/// image's id: an id never means other bytes, so this happens once.
/// </summary>
/// <param name="program"><c>docker</c> or <c>podman</c>.</param>
sealed class EngineBaseImages(string program, BlobCache cache, IReporter reporter)
{
    readonly ContainerCommand command = new(program);

    /// <summary>A saved image in the cache.</summary>
    sealed record SavedJson(Descriptor Config, IReadOnlyList<Descriptor> Layers);

    /// <param name="image">Reference or id.</param>
    /// <exception cref="StillframeException">SF2003, SF2004, SF2009, SF3001.</exception>
    public async Task<BaseImage> ResolveAsync(string image, CancellationToken cancellationToken)
    {
        var id = await IdAsync(image, cancellationToken);
        var index = Path.Combine(cache.Directory, "engine", id.Replace("sha256:", "", StringComparison.Ordinal) + ".json");
        if (await FindAsync(index, image, cancellationToken) is { } there)
            return there;

        reporter.Message(Importance.High, $"Taking base image '{image}' out of {program}, once.");
        var reader = new SavedImageReader(cache);
        await command.RequireAsync(
            ["save", id],
            failed => new(ErrorCodes.ProgramFailed, $"'{program} save {id}' failed: {failed.AllOutput}. Run it by hand to see why."),
            cancellationToken,
            new() { Output = reader.ReadAsync });
        var (config, layers) = reader.Result(image);
        var descriptor = new Descriptor(MediaTypes.OciConfig, Digest.Of(config), config.Length);
        await cache.AddAsync(descriptor, program, new MemoryStream(config), cancellationToken);
        await using (var file = new NewFile(index))
        {
            await file.WriteAsync(Wire.Write(new SavedJson(descriptor, layers)), cancellationToken);
            await file.CommitAsync();
        }

        return await FindAsync(index, image, cancellationToken)
            ?? throw new StillframeException(ErrorCodes.BaseImageUnusable, $"What '{program} save {id}' gave went from '{cache.Directory}' again. Nothing else may clean it during a build.");
    }

    async Task<string> IdAsync(string image, CancellationToken cancellationToken)
    {
        var result = await command.RequireAsync(
            ["image", "inspect", "--format", "{{.Id}}", image],
            failed => new(ErrorCodes.BaseImageMissing, $"Base image '{image}' is not in {program}: {failed.AllOutput}. Pull or build it, or set DatabaseBaseImage to one that is there."),
            cancellationToken);
        return result.Output.Trim();
    }

    async Task<BaseImage?> FindAsync(string index, string image, CancellationToken cancellationToken)
    {
        if (!File.Exists(index))
            return null;
        var saved = Wire.Read<SavedJson>(await File.ReadAllBytesAsync(index, cancellationToken), $"'{index}'");
        if (cache.Find(saved.Config) is not { } configPath || saved.Layers.Any(layer => cache.Find(layer) is null))
            return null;
        var config = ImageConfig.Parse(await File.ReadAllBytesAsync(configPath, cancellationToken), image);
        return new(image, Digest: null, config, [.. saved.Layers.Select(layer => Blob.OfFile(layer, cache.PathOf(layer.Digest)))]);
    }
}
