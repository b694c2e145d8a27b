using Stillframe.Disks;
using Stillframe.Dumps;
using Stillframe.Engines;
using Stillframe.Freezing;
using Stillframe.Images;
using Stillframe.Layers;
using Stillframe.Linking;
using Stillframe.Loading.Bulk;
using Stillframe.Verification;

namespace Stillframe;

/// <summary>Makes a frame's image: its tables compiled and linked, or loaded as a whole, on its base image.</summary>
/// <param name="inputs">The frame carries them.</param>
/// <param name="workbench">Its data directory is empty.</param>
/// <param name="previous">What may be taken over.</param>
/// <param name="work">A directory for what comes out.</param>
sealed class FrameMaker(
    FrameRequest request,
    BuildPlaces places,
    DumpOptions dumpOptions,
    DumpSummary summary,
    FrameInputs inputs,
    IEngine engine,
    IWorkbench workbench,
    StoredFrame previous,
    string work,
    IReporter reporter)
{
    static readonly TimeSpan LongestUnused = TimeSpan.FromDays(30); // of a blob in the cache

    readonly DateTimeOffset clock = FrameDescription.Clock(summary);
    readonly ObjectCache cache = new(Path.Combine(CacheDirectory(request, work), "objects"), request.CacheLimit, reporter);
    readonly SystemTablesCache systemTables = SystemTablesCache.In(CacheDirectory(request, work), reporter);

    /// <param name="entrypoint">Options of the server.</param>
    /// <param name="script">What the dumps do besides bringing rows.</param>
    /// <exception cref="StillframeException">SF1xxx, SF2xxx, SF3001.</exception>
    public async Task<(OciImage Image, IReadOnlyList<FrameTable> Tables)> MakeAsync(
        IReadOnlyList<string> entrypoint, Func<CancellationToken, Task<DumpScript>> script, CancellationToken cancellationToken)
    {
        var source = new TableSource(cache, previous, clock, work);
        var compile = Compile();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // made while tables are loaded: it takes a second, and has nothing to do with them
        var server = Task.Run(() => ServerAsync(source, compile.Layers, stop.Token), CancellationToken.None);
        try
        {
            var link = new LinkRequest(
                request.Dumps, dumpOptions, summary, request.Reader, request.ServerOptions, FrameDescription.Facts(inputs.DataVersion, summary, workbench.Release), clock, inputs, work,
                compile, LayerOfAsync(server), (loaded, isRead) => places.Require(summary, loaded, isRead, workbench.BaseImage is null), new(reporter));
            // before the load, which is the long part: a base image that can't be had is known now
            var given = workbench.BaseImage is { } pinned
                ? await WorkbenchBaseImage.ResolveAsync(pinned, engine.Name, places.Blobs(work), reporter, cancellationToken)
                : null;
            var linked = await LinkAsync(link, source, script, cancellationToken);
            workbench.DropDataDirectory(); // it is in layers
            var baseImage = given ?? SelfBaseImage.Of(Platform.Current, (await server)!.Value.Image);
            var config = new FrameConfig
            {
                Entrypoint = [workbench.Server.Program, .. entrypoint.Take(1), .. workbench.Server.Options, .. entrypoint.Skip(1)],
                User = workbench.Server.User,
                HealthCheck = HealthCheck(),
                Labels = FrameDescription.Labels(request, inputs.DataVersion, summary, workbench.Release, baseImage.Reference, baseImage.Digest?.ToString()),
                Created = FrameDescription.Created(summary.Source),
            };
            if (request.StartCheck)
                await new StartCheck(request, engine.Name, await workbench.ServerFilesAsync(cancellationToken), reporter)
                    .RunAsync(baseImage, linked, config, inputs.DataVersion, cancellationToken);
            var image = ImageAssembler.Assemble(baseImage, linked.Layers, config);
            await cache.TrimAsync(cancellationToken);
            new BlobCache(BlobCache.PlaceIn(request.Engine.CacheDirectory)).Trim(request.CacheLimit, LongestUnused, DateTime.UtcNow);
            return (image, linked.Tables);
        }
        catch
        {
            await stop.CancelAsync();
            await Task.WhenAny(server); // nobody may write into a directory that is about to go
            throw;
        }
    }

    async Task<(LinkedLayer Layer, ImageLayer Image)?> ServerAsync(TableSource source, LayerOptions options, CancellationToken cancellationToken) =>
        workbench.BaseImage is null
            ? await ServerLayer.GetAsync(await workbench.ServerFilesAsync(cancellationToken), source, options, work, cancellationToken)
            : null;

    /// <summary>Where everything is to be compiled anew, nothing is found.</summary>
    static string CacheDirectory(FrameRequest request, string work) => request.Incremental ? request.Engine.CacheDirectory : work;

    IReadOnlyList<string> HealthCheck()
    {
        if (workbench.Server.Admin is { } admin)
            return ReadOnlyServer.HealthCheck(admin);
        reporter.Message(Importance.Normal, $"The frame has no health check: there is no '{HostServer.AdminName}' beside the server, in {workbench.BaseImage ?? "this host's installation or packages"}.");
        return [];
    }

    static async Task<LinkedLayer?> LayerOfAsync(Task<(LinkedLayer Layer, ImageLayer Image)?> server) => (await server)?.Layer;

    CompileOptions Compile()
    {
        var standard = CompileOptions.Default;
        return standard with { Workers = request.Workers ?? standard.Workers, Layers = standard.Layers with { Compression = request.Compression } };
    }

    /// <summary>Table by table where that can be, else as a whole.</summary>
    async Task<LinkedFrame> LinkAsync(LinkRequest link, TableSource source, Func<CancellationToken, Task<DumpScript>> script, CancellationToken cancellationToken)
    {
        var whole = new WholeFrame(link, request.Scripts, reporter);
        if (request.Scripts.Count > 0)
            return await whole.BuildAsync(workbench, "its scripts may change any table", cancellationToken);
        if (!summary.TablesAreIndependent)
            return await whole.BuildAsync(workbench, summary.OrderedBecause!, cancellationToken);
        try
        {
            return await new FrameCompiler(link, cache, systemTables, previous, source, reporter).BuildAsync(await script(cancellationToken), workbench, OpenAsync, cancellationToken);
        }
        catch (OrderMattersException e)
        {
            await using var another = await OpenAsync(cancellationToken);
            return await whole.BuildAsync(another, e.Message, cancellationToken);
        }

        Task<IWorkbench> OpenAsync(CancellationToken token) => engine.OpenAsync(reporter, token);
    }
}
