using Stillframe.Engines;
using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Loading;
using Stillframe.Oci;

namespace Stillframe.Verification;

/// <summary>The images of a frame for other platforms than this machine's: looked at, and started where the engine runs programs of their processors.</summary>
public static class PlatformVerifier
{
    /// <summary>
    /// MariaDB since 10.11.12 reserves 8 TiB of addresses for a buffer pool that may grow. qemu's emulation of a program keeps tables of them and takes all memory for that.
    /// </summary>
    static readonly FrameStart Emulated = new(["--loose-innodb-buffer-pool-size-max=32M"]);

    /// <param name="frame">With its index; without one there is nothing to do.</param>
    /// <returns>A check for each of the other platforms.</returns>
    /// <exception cref="StillframeException">SF4002 where an image does not start that could.</exception>
    public static async Task<IReadOnlyList<VerificationCheck>> VerifyAsync(
        OciImage frame, FrameBuild build, ReaderAccount reader, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(build);
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(reporter);
        var checks = new List<VerificationCheck>();
        foreach (var image in frame.Platforms.Where(image => image.Manifest.Descriptor.Digest != frame.Manifest.Descriptor.Digest))
        {
            var config = await image.ReadConfigAsync(cancellationToken);
            var check = Inspect(frame, image, config, build);
            if (check.Passed && await EmulatorAsync(build.Engine, config.Platform, cancellationToken) is { } command)
            {
                reporter.Message(Importance.Normal, $"Starting the {check.Name} by emulation");
                await using var stage = await ContainerStage.CreateAsync(command, image, SilentReporter.Instance, cancellationToken);
                check = await StartAsync(stage, check.Name, build, reader, cancellationToken);
            }

            checks.Add(check);
        }

        return checks;
    }

    /// <summary>What can be told without a start: the data is that of this machine's image, down to the byte.</summary>
    static VerificationCheck Inspect(OciImage frame, OciImage image, ImageConfig config, FrameBuild build)
    {
        var name = $"image for {config.Platform}";
        var same = frame.Layers.Reverse().Zip(image.Layers.Reverse()).TakeWhile(pair => pair.First.Descriptor.Digest == pair.Second.Descriptor.Digest).Count();
        return config.DiffIds.Count != image.Layers.Count ? new(name, false, $"it has {image.Layers.Count} layers and {config.DiffIds.Count} diff ids")
            : config.Labels.GetValueOrDefault(LabelNames.DataVersion) is var version && version != build.DataVersion ? new(name, false, $"its label says data version {version ?? "none"}")
            : same == 0 ? new(name, false, "it has none of the layers of data")
            : new(name, true, $"{same} layers of data as here; not started, as nothing here runs its programs");
    }

    /// <summary>Null where no engine emulates it: that is found out by trying.</summary>
    static async Task<ContainerCommand?> EmulatorAsync(string engine, Platform platform, CancellationToken cancellationToken)
    {
        var command = engine == ContainerCommand.Docker.Program ? ContainerCommand.Docker : engine == ContainerCommand.Podman.Program ? ContainerCommand.Podman : null;
        return command is not null && (await ContainerTrial.RunAsync(command, cancellationToken, platform)).Options is not null ? command : null;
    }

    static async Task<VerificationCheck> StartAsync(ContainerStage stage, string name, FrameBuild build, ReaderAccount reader, CancellationToken cancellationToken)
    {
        await using var running = await stage.StartAsync(Emulated, cancellationToken);
        await using var connection = await FrameChecks.ConnectAsync(running, reader.User, reader.Password, cancellationToken);
        VerificationCheck[] checks =
        [
            await FrameChecks.DataVersionAsync(connection, build.DataVersion, cancellationToken),
            await FrameChecks.ReadOnlyAsync(connection, cancellationToken),
            await FrameChecks.RowsAsync(connection, build.Tables, cancellationToken),
        ];
        return checks.FirstOrDefault(check => !check.Passed) is { } failed ? new(name, false, $"{failed.Name}: {failed.Detail}") : new(name, true, "started by emulation, read-only, with all rows");
    }
}
