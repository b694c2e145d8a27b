using Stillframe.Dumps;
using Stillframe.Engines;
using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Inspection;
using Stillframe.Loading;
using Stillframe.Oci;

namespace Stillframe;

/// <summary>The whole way from dump files to a frame in an image layout. <see cref="BuildInAsync"/> is the list of its steps.</summary>
public static class FrameBuilder
{
    /// <summary>Whatever of a request can be wrong by itself; <see cref="BuildAsync"/> does it, too.</summary>
    /// <exception cref="StillframeException">SF1101 to SF1103.</exception>
    public static void Check(FrameRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        FrameRequestCheck.Check(request);
    }

    /// <param name="summary">What <see cref="DumpInspector"/> found in these dumps, where they were read already.</param>
    /// <exception cref="StillframeException">SF1xxx, SF2xxx, SF3xxx; nothing is left of a frame that could not be finished.</exception>
    public static async Task<FrameBuild> BuildAsync(
        FrameRequest request, IReporter reporter, CancellationToken cancellationToken, DumpSummary? summary = null)
    {
        ArgumentNullException.ThrowIfNull(reporter);
        Check(request);
        request = request with { Dumps = DumpDirectory.Files(request.Dumps, new() { WithoutRows = request.WithoutRows }) };
        var places = new BuildPlaces(request, reporter);
        try
        {
            return await BuildInAsync(places, request, reporter, summary, cancellationToken);
        }
        catch (Exception e) when (places.Explain(e) is { } explained)
        {
            throw explained;
        }
    }

    static async Task<FrameBuild> BuildInAsync(BuildPlaces places, FrameRequest request, IReporter reporter, DumpSummary? summary, CancellationToken cancellationToken)
    {
        // 1. the dumps: what they mean
        await using var work = TemporaryDirectory.Create(request.Engine.WorkDirectory);
        using var dumps = await DumpReading.ReadAsync(request, work.Path, summary, reporter, cancellationToken);

        // 2. the engine: a sandbox with the server that the frame will have
        var opened = await EngineSelector.OpenAsync(request.Engine, reporter, cancellationToken);
        await using var sandbox = opened.Sandbox;
        dumps.RequireCollations(sandbox.Release);
        var inputs = FrameInputs.Of(request, dumps.Input.Summary, await dumps.DataVersion, sandbox);

        // 3. what is there already: this very frame, or a previous one
        if (request.Incremental && await FrameRecord.FindAsync(request.LayoutDirectory, inputs.All, reporter, cancellationToken) is { } finished)
        {
            reporter.Message(Importance.High, $"The frame of data version {inputs.DataVersion[..12]} is up to date");
            return finished;
        }

        var stored = request.Previous is { } named
            ? await PreviousFrames.InRegistryAsync(named, places.Blobs(work.Path), reporter, cancellationToken)
            : null;
        if (request.Incremental && stored is { } there && there.Frame.Map.Inputs == inputs.Content && IsWhole(there.Image, request))
        {
            reporter.Message(Importance.High, $"The registry has the frame of data version {inputs.DataVersion[..12]}");
            return await WriteAsync(request, inputs, opened, new(there.Image, there.Frame.Map.FrameTables()), cancellationToken);
        }

        var previous = stored?.Frame ?? await PreviousFrames.InLayoutAsync(request.LayoutDirectory, cancellationToken);
        opened.RequireReleaseOf(previous.Map.Server);

        // 4. tables to layers, layers to an image, and its first start
        places.Require(dumps.Input.Summary, [], isRead: !dumps.HasScript && !request.ScriptsMayTouchAny, onThisHost: sandbox.BaseImage is null);
        var making = new FrameMaking(request, places, opened, inputs, work.Path, reporter);
        var frame = await making.MakeAsync(dumps, request.Incremental ? previous : previous.OnlyNumbers(), cancellationToken);

        // 5. the image layout, and what it was made from
        return await WriteAsync(request, inputs, opened, frame, cancellationToken);
    }

    /// <summary>Another tool may have copied it in another format, or without its other platforms.</summary>
    static bool IsWhole(OciImage image, FrameRequest request) => request.OtherPlatforms.Any()
        ? image.Index is { Content.Descriptor.MediaType: MediaTypes.OciIndex } index && index.Images.Count == request.OtherPlatforms.Count() + 1
        : image is { Index: null, Manifest.Descriptor.MediaType: MediaTypes.OciManifest };

    static async Task<FrameBuild> WriteAsync(FrameRequest request, FrameInputs inputs, OpenedEngine opened, MadeFrame frame, CancellationToken cancellationToken)
    {
        await ImageLayout.WriteAsync(frame.Image, request.LayoutDirectory, request.Description.Version, cancellationToken);
        var build = new FrameBuild
        {
            LayoutDirectory = request.LayoutDirectory,
            Digest = frame.Image.Digest.ToString(),
            DataVersion = inputs.DataVersion,
            Size = frame.Image.Size,
            Engine = opened.Engine.Name,
            Server = opened.Sandbox.Release.Text,
            BaseImage = opened.Sandbox.BaseImage ?? BaseImages.Self,
            Tables = frame.Tables,
        };
        new FrameRecord(inputs.All, build).Write();
        return build;
    }
}

/// <summary>An image, and the tables that it promises.</summary>
sealed record MadeFrame(OciImage Image, IReadOnlyList<FrameTable> Tables);
