using Stillframe.Connections;
using Stillframe.Dumps;
using Stillframe.Engines;
using Stillframe.Freezing;
using Stillframe.Images;
using Stillframe.Layers;
using Stillframe.Linking;
using Stillframe.Loading;
using Stillframe.Loading.Bulk;

namespace Stillframe;

/// <summary>The whole way from dump files to a frame in an image layout.</summary>
public static class FrameBuilder
{
    static readonly string[] ReservedUsers = ["", "root", "mariadb.sys", FrameAccounts.Definer];

    /// <param name="summary">What <see cref="DumpInspector"/> said of these dumps, where somebody asked already.</param>
    /// <exception cref="StillframeException">SF1xxx, SF2xxx, SF3xxx; nothing is left of a frame that could not be finished.</exception>
    public static async Task<FrameBuild> BuildAsync(
        FrameRequest request, IReporter reporter, CancellationToken cancellationToken, DumpSummary? summary = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(reporter);
        CheckReader(request.Reader);
        var entrypoint = ReadOnlyServer.Options(request.ServerOptions);
        var dumpOptions = new DumpOptions { DefaultSchema = request.Schema, RefusedStatements = request.RefusedStatements };
        summary ??= DumpInspector.Inspect(request.Dumps, dumpOptions, reporter, cancellationToken);
        foreach (var script in request.Scripts.Where(script => !File.Exists(script)))
            throw new StillframeException(ErrorCodes.DumpMissing, $"The script '{script}' does not exist. Correct the path of this DatabaseScript.", new(script));

        var (engine, workbench) = await EngineSelector.OpenAsync(request.Engine, reporter, cancellationToken);
        await using var leaving = workbench;
        var inputs = await FrameInputs.OfAsync(request, summary, workbench, cancellationToken);
        if (request.Incremental && FrameRecord.Find(request.LayoutDirectory, inputs.All) is { } finished)
        {
            reporter.Message(Importance.High, $"The frame of data version {summary.DataVersion[..12]} is up to date");
            return finished;
        }

        var stored = request.Previous is { } previous
            ? await PreviousFrames.InRegistryAsync(previous, request.Engine.CacheDirectory, reporter, cancellationToken)
            : null;
        await using var work = TemporaryDirectory.Create(request.Engine.WorkDirectory);
        if (request.Incremental && stored is { Image.Manifest.Descriptor.MediaType: MediaTypes.OciManifest } there && there.Frame.Map.Inputs == inputs.Content)
        {
            reporter.Message(Importance.High, $"The registry has the frame of data version {summary.DataVersion[..12]}");
            return await FinishAsync(request, inputs, engine, workbench, summary, there.Image, FrameTables(there.Frame.Map), cancellationToken);
        }

        var from = stored?.Frame ?? await PreviousFrames.InLayoutAsync(request.LayoutDirectory, cancellationToken);
        if (!request.Incremental)
            from = from.OnlyNumbers();
        var cache = new ObjectCache(Path.Combine(request.Incremental ? request.Engine.CacheDirectory : work.Path, "objects"), request.CacheLimit, reporter);
        var source = new TableSource(cache, from, FrameDescription.Clock(summary.Source), work.Path);
        var compile = Compile(request);
        var server = ServerAsync(workbench, source, compile.Layers, work.Path, cancellationToken);

        var link = new LinkRequest(
            request.Dumps, dumpOptions, summary, request.Reader, request.ServerOptions, FrameDescription.Facts(summary, workbench.Release),
            FrameDescription.Clock(summary.Source), inputs.Content, work.Path, compile, LayerOfAsync(server));
        var linked = await LinkAsync(request, link, workbench, token => engine.OpenAsync(reporter, token), cache, from, source, reporter, cancellationToken);
        var baseImage = await server is { } self
            ? SelfBaseImage.Of(Platform.Current, self.Image)
            : await WorkbenchBaseImage.ResolveAsync(workbench.BaseImage!, engine.Name, request.Engine.CacheDirectory, reporter, cancellationToken);
        var labels = FrameDescription.Labels(request, summary, workbench.Release, baseImage.Reference, baseImage.Digest?.ToString());
        var image = ImageAssembler.Assemble(baseImage, linked.Layers, new()
        {
            Entrypoint = ["/usr/sbin/mariadbd", .. entrypoint],
            Labels = labels,
            Created = FrameDescription.Created(summary.Source),
        });
        var frame = await FinishAsync(request, inputs, engine, workbench, summary, image, linked.Tables, cancellationToken);
        await cache.TrimAsync(cancellationToken);
        return frame;
    }

    /// <summary>Made while tables are loaded: it takes a second, and nothing of it.</summary>
    static Task<(LinkedLayer Layer, ImageLayer Image)?> ServerAsync(
        IWorkbench workbench, TableSource source, LayerOptions options, string work, CancellationToken cancellationToken) => Task.Run(
        async () => workbench.BaseImage is null
            ? await ServerLayer.GetAsync(await workbench.ServerFilesAsync(cancellationToken), source, options, work, cancellationToken)
            : ((LinkedLayer, ImageLayer)?)null,
        cancellationToken);

    static async Task<LinkedLayer?> LayerOfAsync(Task<(LinkedLayer Layer, ImageLayer Image)?> server) => (await server)?.Layer;

    static CompileOptions Compile(FrameRequest request)
    {
        var standard = CompileOptions.Default;
        return standard with { Workers = request.Workers ?? standard.Workers, Layers = standard.Layers with { Compression = request.Compression } };
    }

    /// <summary>Table by table where that can be, else as a whole.</summary>
    static async Task<LinkedFrame> LinkAsync(
        FrameRequest request,
        LinkRequest link,
        IWorkbench workbench,
        Func<CancellationToken, Task<IWorkbench>> open,
        ObjectCache cache,
        StoredFrame previous,
        TableSource source,
        IReporter reporter,
        CancellationToken cancellationToken)
    {
        var whole = new WholeFrame(link, request.Scripts, reporter);
        if (request.Scripts.Count > 0)
            return await whole.BuildAsync(workbench, "its scripts may change any table", cancellationToken);
        if (!link.Summary.TablesAreIndependent)
            return await whole.BuildAsync(workbench, "a statement of the dump reads or changes more than its own table", cancellationToken);
        try
        {
            return await new FrameCompiler(link, cache, previous, source, reporter).BuildAsync(workbench, open, cancellationToken);
        }
        catch (OrderMattersException e)
        {
            await using var another = await open(cancellationToken);
            return await whole.BuildAsync(another, e.Message, cancellationToken);
        }
    }

    static async Task<FrameBuild> FinishAsync(
        FrameRequest request,
        FrameInputs inputs,
        IEngine engine,
        IWorkbench workbench,
        DumpSummary summary,
        OciImage image,
        IReadOnlyList<FrameTable> tables,
        CancellationToken cancellationToken)
    {
        await ImageLayout.WriteAsync(image, request.LayoutDirectory, request.Description.Version, cancellationToken);
        var frame = new FrameBuild(
            request.LayoutDirectory, image.Digest.ToString(), summary.DataVersion, image.Size, engine.Name,
            workbench.Release.Text, workbench.BaseImage ?? "self", tables, Reused: false);
        new FrameRecord(inputs.All, frame).Write();
        return frame;
    }

    static IReadOnlyList<FrameTable> FrameTables(LinkMap map) =>
        [.. map.Tables.Select(table => new FrameTable(table.Schema, table.Name, table.Rows, table.Checksum))];

    static void CheckReader(ReaderAccount reader)
    {
        if (ReservedUsers.Contains(reader.User, StringComparer.OrdinalIgnoreCase) || reader.User.Length > 80)
            throw new StillframeException(
                ErrorCodes.OptionInvalid, $"The reader account can't be called '{reader.User}'. Give DatabaseReaderUser another name, of 1 to 80 characters.");
        if (reader.Password.Length == 0 && !reader.AllowEmptyPassword)
            throw new StillframeException(
                ErrorCodes.ReaderPasswordMissing,
                $"The account '{reader.User}' has no password. Set DatabaseReaderPassword (best from the environment), or DatabaseAllowEmptyPassword=true where everybody may read the data.");
    }
}
