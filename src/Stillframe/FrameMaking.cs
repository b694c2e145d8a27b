using Stillframe.Compiling;
using Stillframe.Deriving;
using Stillframe.Engines;
using Stillframe.Families;
using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Linking;
using Stillframe.Loading;
using Stillframe.Loading.Bulk;
using Stillframe.Oci;
using Stillframe.Verification;

namespace Stillframe;

/// <summary>Makes a frame's image: its tables compiled and linked on its base image, started once.</summary>
/// <param name="opened">Its sandbox has an empty data directory.</param>
/// <param name="work">A directory for what comes out.</param>
sealed class FrameMaking(FrameRequest request, BuildPlaces places, OpenedEngine opened, FrameInputs inputs, string work, IReporter reporter)
{
    static readonly TimeSpan LongestUnused = TimeSpan.FromDays(30); // of a blob in the cache

    readonly ISandbox sandbox = opened.Sandbox;
    readonly ServerFamily family = ServerFamily.Of(opened.Sandbox.Release);

    /// <summary>Where everything is to be compiled anew, nothing is found.</summary>
    readonly string cacheDirectory = request.Incremental ? request.Engine.CacheDirectory : work;

    /// <param name="previous">What may be taken over.</param>
    /// <exception cref="StillframeException">SF1xxx, SF2xxx, SF3001.</exception>
    public async Task<MadeFrame> MakeAsync(DumpReading dumps, StoredFrame previous, CancellationToken cancellationToken)
    {
        var summary = dumps.Input.Summary;
        var clock = FrameDescription.Clock(summary);
        var systemTables = SystemTablesCache.In(cacheDirectory, reporter);
        var cache = new ObjectCache(Path.Combine(cacheDirectory, "objects"), request.CacheLimit, reporter);
        var source = new TableSource(cache, previous, clock, work);
        var compile = Compile();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // made while tables are loaded: it takes a second, and has nothing to do with them
        var server = Task.Run(() => ServerAsync(source, compile, stop.Token), CancellationToken.None);
        try
        {
            // before the load, which is the long part: an error of the base image is known now
            var given = sandbox.BaseImage is { } pinned
                ? await SandboxBaseImage.ResolveAsync(pinned, opened.Engine.Name, places.Blobs(work), reporter, cancellationToken)
                : null;
            var platforms = new FramePlatforms(request, sandbox, reporter);
            var others = await platforms.BasesAsync(given, places.Blobs(work), (files, token) => ForeignLayerAsync(files, source, compile, token), cancellationToken);
            await DeriveAsync(dumps, compile, clock, systemTables, cancellationToken);
            var content = new FrameContent(
                request.Reader, request.ServerOptions, FrameDescription.Facts(inputs.DataVersion, summary, sandbox.Release), clock, inputs);
            var link = new LinkRequest(
                dumps.Input, content, compile, work, (loaded, isRead) => places.Require(summary, loaded, isRead, sandbox.BaseImage is null), new(reporter))
            {
                Server = LayerOfAsync(server),
                Masks = dumps.Masks,
            };
            var tables = new FrameTables(link, cache, systemTables, source, previous, reporter);
            var linked = await tables.LinkAsync(sandbox, opened.Engine, dumps.ScriptAsync, cancellationToken);
            sandbox.DropDataDirectory(); // it is in layers

            var baseImage = given ?? SelfBaseImage.Of(Platform.Current, (await server)!.Value.Image);
            var config = Config(baseImage, dumps);
            await StartAsync(baseImage, linked, config, cancellationToken);
            var image = await ImageIndex.JoinAsync(
                [ImageAssembler.Assemble(baseImage, linked.Layers, config), .. others.Select(other => ImageAssembler.Assemble(other, linked.Layers, Config(other, dumps)))], cancellationToken);

            await cache.TrimAsync(cancellationToken);
            new BlobCache(BlobCache.PlaceIn(request.Engine.CacheDirectory)).Trim(request.CacheLimit, LongestUnused, DateTime.UtcNow);
            return new(image, linked.Tables);
        }
        catch (Exception e)
        {
            await stop.CancelAsync();
            await Task.WhenAny(server); // nobody may write into a directory that is about to go
            if (e is OrderMattersException order)
                throw OrderMatters(order); // rows that a server made have no place in the dumps' order
            throw;
        }
    }

    /// <summary>Rows that a server makes take the place of the dumps' own before anything is compiled.</summary>
    async Task DeriveAsync(DumpReading dumps, CompileOptions compile, DateTimeOffset clock, SystemTablesCache systemTables, CancellationToken cancellationToken)
    {
        var ofScripts = request.Scripts.Count > 0 && !request.ScriptsMayTouchAny;
        if (request.Subsets.Count == 0 && !ofScripts)
            return;
        try
        {
            if (dumps.Input.Summary.OrderedBecause is { } ordered)
                throw new OrderMattersException(ordered);
            var script = await dumps.ScriptAsync(cancellationToken);
            if (script.ChangedAfterRows is { } changed)
                throw new OrderMattersException(changed);
            await using var another = await opened.Engine.OpenAsync(reporter, cancellationToken);
            var derivation = new RowDerivation(
                new(dumps.Input, script, ofScripts ? request.ScriptTables : [], clock, work) { Masks = dumps.Masks, StorageOptions = StorageOptions.Of(request.ServerOptions), Workers = compile.Workers },
                systemTables,
                reporter);
            dumps.Replace(await derivation.RunAsync(another, cancellationToken), withoutScripts: ofScripts);
        }
        catch (OrderMattersException e) when (request.Subsets.Count == 0)
        {
            reporter.Message(Importance.Normal, $"The scripts are run on the whole frame, whatever tables they name: {e.Message}");
        }
    }

    static StillframeException OrderMatters(OrderMattersException e) => new(
        ErrorCodes.SubsetInvalid,
        $"DatabaseSubset, and DatabaseScript with Tables, need a dump whose tables can be loaded one by one, and this one has to be loaded in its own order: {e.Message}. Dump with DumpDatabase or mariadb-dump, which write such dumps.",
        innerException: e);

    async Task<(LinkedLayer Layer, ImageLayer Image)?> ServerAsync(TableSource source, CompileOptions compile, CancellationToken cancellationToken) =>
        sandbox.BaseImage is null
            ? await ServerLayer.GetAsync(await sandbox.ServerFilesAsync(cancellationToken), source, compile.Layers, work, cancellationToken)
            : null;

    async Task<ImageLayer> ForeignLayerAsync(IReadOnlyList<ServerFile> files, TableSource source, CompileOptions compile, CancellationToken cancellationToken) =>
        (await ServerLayer.GetAsync(files, source, compile.Layers, Directory.CreateDirectory(Path.Combine(work, Path.GetRandomFileName())).FullName, cancellationToken)).Image;

    static async Task<LinkedLayer?> LayerOfAsync(Task<(LinkedLayer Layer, ImageLayer Image)?> server) => (await server)?.Layer;

    CompileOptions Compile()
    {
        var standard = CompileOptions.Default;
        return standard with { Workers = request.Workers ?? standard.Workers, Layers = standard.Layers with { Compression = request.Compression }, Compiler = request.Compiler };
    }

    FrameConfig Config(BaseImage baseImage, DumpReading dumps)
    {
        var options = family.FrameOptions(request.ServerOptions);
        var summary = dumps.Input.Summary;
        return new()
        {
            Entrypoint = [sandbox.Server.Program, .. options.Take(1), .. sandbox.Server.Options, .. options.Skip(1)],
            User = sandbox.Server.User,
            HealthCheck = HealthCheck(),
            Labels = FrameDescription.Labels(request, inputs.DataVersion, summary, sandbox.Release, new(baseImage.Reference, baseImage.Digest?.ToString())),
            Created = FrameDescription.Created(summary.Source),
        };
    }

    IReadOnlyList<string> HealthCheck()
    {
        if (sandbox.Server.Admin is { } admin)
            return family.HealthCheck(admin);
        reporter.Message(Importance.Normal, $"The frame has no health check: there is no '{request.Engine.Program.AdminName}' beside the server, in {sandbox.BaseImage ?? "this host's installation or packages"}.");
        return [];
    }

    async Task StartAsync(BaseImage baseImage, LinkedFrame linked, FrameConfig config, CancellationToken cancellationToken)
    {
        if (!request.StartCheck)
            return;
        var check = new StartCheck(request, opened.Engine.Name, await sandbox.ServerFilesAsync(cancellationToken), reporter);
        await check.RunAsync(baseImage, linked, config, inputs.DataVersion, cancellationToken);
    }
}
