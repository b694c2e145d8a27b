using Stillframe.Engines;
using Stillframe.Images;

namespace Stillframe.Verification;

/// <summary>Chooses where a frame is started: in the engine that loaded it, or from its own files.</summary>
public static class FrameStages
{
    /// <param name="engine">Name of the engine that loaded the frame.</param>
    /// <param name="present">Layers that a container engine has already; they need not be given to it again.</param>
    public static async Task<IFrameStage> CreateAsync(
        OciImage image, string engine, string? workDirectory, IReporter reporter, CancellationToken cancellationToken, IReadOnlyList<Registries.Blob>? present = null)
    {
        if (engine is "docker" or "podman")
            return await ContainerStage.CreateAsync(engine == "docker" ? ContainerCommand.Docker : ContainerCommand.Podman, image, reporter, cancellationToken, present);
        if (OperatingSystem.IsWindows())
            throw new StillframeException(ErrorCodes.FrameStartFailed, "A frame runs on Windows in a container only. Use DatabaseEngine=docker.");
        return await UnpackedStage.CreateAsync(image, workDirectory, cancellationToken);
    }
}
