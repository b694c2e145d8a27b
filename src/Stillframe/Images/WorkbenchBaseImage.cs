using Stillframe.Engines;
using Stillframe.Layers;
using Stillframe.Registries;

namespace Stillframe.Images;

/// <summary>The base image that goes with a workbench: the one whose server loaded the data.</summary>
static class WorkbenchBaseImage
{
    /// <param name="engine">Name of the workbench's engine.</param>
    /// <param name="workDirectory">Where the layer of a <c>self</c> image is written.</param>
    /// <exception cref="StillframeException">SF2xxx, SF3xxx.</exception>
    public static async Task<BaseImage> ResolveAsync(
        IWorkbench workbench, string engine, string cacheDirectory, string workDirectory, IReporter reporter, CancellationToken cancellationToken)
    {
        if (workbench.BaseImage is not { } pinned)
            return await SelfBaseImage.WriteAsync(
                await workbench.ServerFilesAsync(cancellationToken), Platform.Current, Path.Combine(workDirectory, "server.layer"), new(), cancellationToken);

        var cache = new BlobCache(Path.Combine(cacheDirectory, "blobs"));
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
