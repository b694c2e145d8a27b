using Stillframe.Connections;
using Stillframe.Engines;
using Stillframe.Families;
using Stillframe.Freezing;
using Stillframe.Images;
using Stillframe.Inspection;
using Stillframe.Loading;
using Stillframe.Oci;
using Stillframe.Verification;

namespace Stillframe.Serving;

/// <summary>A frame for tests: its servers are started from one image, and those that may write keep nothing.</summary>
public sealed class ServedFrame : IAsyncDisposable
{
    /// <summary>Of a scratch copy: has every privilege, and a password that lives as long as the copy.</summary>
    const string TestUser = "stillframe_test";

    readonly IFrameStage stage;
    readonly SpareServer copies;

    readonly string? serverVersion;

    ServedFrame(IFrameStage stage, string dataVersion, string? serverVersion) =>
        (this.stage, DataVersion, this.serverVersion, copies) = (stage, dataVersion, serverVersion, new(StartScratchAsync, AreCopiesCheapAsync));

    /// <summary>As the image's label has it.</summary>
    public string DataVersion { get; }

    /// <summary>The data version of a frame in an image layout, without opening its layers; null where there is none.</summary>
    /// <exception cref="StillframeException">SF3007.</exception>
    public static async Task<string?> FindDataVersionAsync(string layoutDirectory, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(layoutDirectory))
            return null;
        var image = await ImageLayout.ReadAsync(layoutDirectory, cancellationToken: cancellationToken);
        return (await image.ReadConfigAsync(cancellationToken)).Labels.GetValueOrDefault(LabelNames.DataVersion);
    }

    /// <param name="frame">An image of the container engine; or a reference, an image layout's directory, an archive.</param>
    /// <param name="engine"><see cref="EngineKind.Auto"/>: docker, podman, or without them the frame's own server.</param>
    /// <exception cref="StillframeException">SF1101, SF2002, SF3001 to SF3009.</exception>
    public static async Task<ServedFrame> OpenAsync(string frame, EngineKind engine, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(frame);
        ArgumentNullException.ThrowIfNull(reporter);
        var program = await FrameStages.ChooseAsync(engine, reporter, cancellationToken);
        var command = program switch { "docker" => ContainerCommand.Docker, "podman" => ContainerCommand.Podman, _ => null };
        var place = FramePlace.Of(frame);
        if (command is not null && place is null or FramePlace.InRegistry)
        {
            var (data, server) = await new EngineFrames(command, reporter).RequireAsync(frame, cancellationToken);
            return new(ContainerStage.Of(command, frame), data, server);
        }

        if (place is null)
            throw new StillframeException(
                ErrorCodes.OptionInvalid,
                $"'{frame}' is an image of a container engine, and none is used here. Name the frame with its registry ('HOST/REPOSITORY:TAG'), or an image layout's directory or .tar archive; or start docker or podman.");

        await using var opened = place is FramePlace.Layout ? null : await OpenedFrame.OpenAsync(frame, new(), reporter, cancellationToken);
        var image = opened?.Image ?? await ImageLayout.ReadAsync(frame, cancellationToken: cancellationToken);
        var config = await image.ReadConfigAsync(cancellationToken);
        var version = config.Labels.GetValueOrDefault(LabelNames.DataVersion)
            ?? throw new StillframeException(ErrorCodes.NotAFrame, $"'{frame}' is not a frame: it has no label '{LabelNames.DataVersion}'.");
        if (command is not null)
            return new(ContainerStage.Of(command, await new EngineFrames(command, reporter).GetAsync(image, cancellationToken)), version, config.Labels.GetValueOrDefault(LabelNames.ServerVersion));
        if (OperatingSystem.IsWindows())
            throw FrameStages.OnWindows();
        FrameStages.RequireThisMachine(config);
        return new(new UnpackedServers(await FrameCache.GetAsync(image, reporter, cancellationToken), config, reporter), version, config.Labels.GetValueOrDefault(LabelNames.ServerVersion));
    }

    /// <summary>Starts the frame as production does, for its reader.</summary>
    /// <exception cref="StillframeException">SF4001: the login is refused. SF4002.</exception>
    public async Task<ServedServer> ReadAsync(ReaderAccount reader, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return await ServedServer.OfAsync(
            await stage.StartAsync(FrameStart.Production, cancellationToken), new(reader.User, reader.Password), running => FrameChecks.ConnectAsync(running, reader.User, reader.Password, cancellationToken), cancellationToken);
    }

    /// <summary>The copy that is started ahead.</summary>
    internal Task<ServedServer?>? NextScratch => copies.Next;

    /// <summary>Starts a copy in the background, for whoever asks first; not where it would be a copy of all files.</summary>
    public void BeginScratch() => copies.Begin();

    /// <summary>A copy that may be written to, which is gone with its server; the next one is begun.</summary>
    /// <exception cref="StillframeException">SF4002.</exception>
    public Task<ServedServer> ScratchAsync(CancellationToken cancellationToken) => copies.TakeAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await copies.DisposeAsync();
        await stage.DisposeAsync();
    }

    Task<bool> AreCopiesCheapAsync() => !OperatingSystem.IsWindows() && stage is UnpackedServers files ? files.CanLayOverAsync() : Task.FromResult(true);

    async Task<ServedServer> StartScratchAsync(CancellationToken cancellationToken)
    {
        if (!ServerFamily.OfVersion(serverVersion).RunsUnpacked)
            throw new StillframeException(
                ErrorCodes.FrameStartFailed, $"The frame's server, {serverVersion}, gives no copies to write in. Have its image to be written to delivered beside it (DatabaseImageScratch=true), and start that: its tag ends in '{ScratchImage.TagSuffix}'.");
        var account = ServerCredentials.Random(TestUser);
        return await ServedServer.OfAsync(await stage.StartAsync(FrameStart.Scratch, cancellationToken), account, async running =>
        {
            // nobody has to log in until the last of these
            var connection = await FrameChecks.ConnectAsync(running, "root", "", cancellationToken);
            var privileges = $$"""{"access":{{ulong.MaxValue}},"plugin":"mysql_native_password","authentication_string":"{{account.NativePasswordHash()}}"}""";
            await connection.ExecuteAsync($"REPLACE INTO mysql.global_priv VALUES ('%', '{account.User}', '{privileges}')", cancellationToken);
            foreach (var statement in ScratchServer.Grants.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                await connection.ExecuteAsync(statement.TrimEnd(';'), cancellationToken);
            return connection;
        }, cancellationToken);
    }
}
