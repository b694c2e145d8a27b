using Stillframe.Oci;

namespace Stillframe.Images;

/// <summary>The base image of a container sandbox: the one whose server loaded the data.</summary>
static class SandboxBaseImage
{
    /// <param name="pinned">The base image of the sandbox.</param>
    /// <param name="engine">Name of the sandbox's engine.</param>
    /// <exception cref="StillframeException">SF2xxx, SF3xxx.</exception>
    public static async Task<BaseImage> ResolveAsync(
        string pinned, string engine, string cacheDirectory, IReporter reporter, CancellationToken cancellationToken)
    {
        var cache = BlobCache.Of(cacheDirectory);
        var fromEngine = new EngineBaseImages(engine, cache, reporter);
        if (!pinned.Contains('@', StringComparison.Ordinal))
            return await fromEngine.ResolveAsync(pinned, cancellationToken);
        try
        {
            // the registry's own bytes can be mounted where the frame goes; what an engine saves is compressed anew
            return await new RegistryBaseImages(cache, new(), reporter).ResolveAsync(pinned, Platform.Current, cancellationToken);
        }
        catch (StillframeException e) when (e.Code is ErrorCodes.RegistryUnreachable or ErrorCodes.RegistryDenied or ErrorCodes.BaseImageMissing)
        {
            reporter.Message(Importance.Normal, $"{e.Message} Taking it from {engine}.");
            return await fromEngine.ResolveAsync(pinned, cancellationToken);
        }
    }
}
