using Stillframe.Engines;
using Stillframe.Families;
using Stillframe.Images;
using Stillframe.Oci;

namespace Stillframe.Verification;

/// <summary>Chooses where a frame is started: in the engine that loaded it, or from its own files.</summary>
public static class FrameStages
{
    const string FromItsFiles = "local";

    /// <summary>Where a frame is started that others may have made: the engine asked for, or the first that works.</summary>
    /// <param name="kind"><see cref="EngineKind.Local"/> and <see cref="EngineKind.Embedded"/> are the same here: a frame has its server in it.</param>
    /// <returns>What <see cref="CreateAsync"/> takes.</returns>
    /// <exception cref="StillframeException">SF2002.</exception>
    public static async Task<string> ChooseAsync(EngineKind kind, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reporter);
        foreach (var (engine, command) in new[] { (EngineKind.Docker, ContainerCommand.Docker), (EngineKind.Podman, ContainerCommand.Podman) })
        {
            if (kind != engine && kind != EngineKind.Auto)
                continue;
            if ((await command.WhyNotAsync(cancellationToken) ?? await command.WhyNotRunAsync(cancellationToken)) is not { } reason)
                return command.Program;
            if (kind == engine)
                throw EngineSelector.Unavailable(command.Program, reason);
            reporter.Message(Importance.Low, $"Not using the engine '{command.Program}': {reason}");
        }

        return FromItsFiles;
    }

    /// <param name="engine">Name of the engine that loaded the frame.</param>
    /// <param name="present">Layers that a container engine has already; they need not be given to it again.</param>
    public static async Task<IFrameStage> CreateAsync(
        OciImage image, string engine, string? workDirectory, IReporter reporter, CancellationToken cancellationToken, IReadOnlyList<Oci.Blob>? present = null)
    {
        if (engine is "docker" or "podman")
            return await ContainerStage.CreateAsync(engine == "docker" ? ContainerCommand.Docker : ContainerCommand.Podman, image, reporter, cancellationToken, present);
        if (OperatingSystem.IsWindows())
            throw OnWindows();
        RequireThisMachine(await image.ReadConfigAsync(cancellationToken));
        return await UnpackedStage.CreateAsync(image, workDirectory, cancellationToken);
    }

    internal static StillframeException OnWindows() => new(ErrorCodes.FrameStartFailed, "A frame runs on Windows in a container only. Use DatabaseEngine=docker.");

    /// <summary>For a frame that is started from its own files.</summary>
    /// <exception cref="StillframeException">SF4002.</exception>
    internal static void RequireThisMachine(ImageConfig config)
    {
        if (config.Platform is var platform && !Platform.Current.Accepts(platform))
            throw new StillframeException(ErrorCodes.FrameStartFailed, $"The frame is for {platform}, and this machine is {Platform.Current}. Start it there, or in a container engine that emulates it.");
        if (!ServerFamily.OfVersion(config.Labels.GetValueOrDefault(LabelNames.ServerVersion)).RunsUnpacked)
            throw new StillframeException(ErrorCodes.FrameStartFailed, $"The frame's server, {config.Labels[LabelNames.ServerVersion]}, is started by docker or podman alone. Install one of them, or start one that is there.");
    }
}
