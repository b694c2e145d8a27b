using Stillframe.Connections;
using Stillframe.Disks;
using Stillframe.Dumps;
using Stillframe.Engines;
using Stillframe.Freezing;
using Stillframe.Images;
using Stillframe.Inspection;
using Stillframe.Layers;
using Stillframe.Linking;
using Stillframe.Loading;
using Stillframe.Loading.Bulk;

namespace Stillframe;

/// <summary>The whole way from dump files to a frame in an image layout.</summary>
public static class FrameBuilder
{
    static readonly string[] ReservedUsers = ["", "root", "mariadb.sys", FrameAccounts.Definer, ServerAccounts.BuilderName];

    /// <summary>Whatever of a request can be wrong by itself; <see cref="BuildAsync"/> does it, too.</summary>
    /// <exception cref="StillframeException">SF1101 to SF1103.</exception>
    public static void Check(FrameRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        CheckReader(request.Reader);
        FrameLabelNames.Check(request.Labels.Keys);
        _ = ReadOnlyServer.Options(request.ServerOptions);
    }

    /// <param name="summary">What <see cref="DumpInspector"/> said of these dumps, where somebody asked already.</param>
    /// <exception cref="StillframeException">SF1xxx, SF2xxx, SF3xxx; nothing is left of a frame that could not be finished.</exception>
    public static async Task<FrameBuild> BuildAsync(
        FrameRequest request, IReporter reporter, CancellationToken cancellationToken, DumpSummary? summary = null)
    {
        ArgumentNullException.ThrowIfNull(reporter);
        Check(request);
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
        var entrypoint = ReadOnlyServer.Options(request.ServerOptions);
        var dumpOptions = new DumpOptions { DefaultSchema = request.Schema, RefusedStatements = request.RefusedStatements, AllowedStatements = request.AllowedStatements };
        await using var work = TemporaryDirectory.Create(request.Engine.WorkDirectory);
        using var spool = new RowSpool(work.Path);
        DumpScript.Writer? writer = null;
        if (summary is null)
        {
            writer = request.Scripts.Count == 0 ? new(spool) : null; // both of one reading; with scripts, a frame is loaded as a whole
            summary = DumpInspector.Inspect(request.Dumps, dumpOptions, reporter, writer is null ? null : writer.Add, cancellationToken);
        }

        var scripts = await ScriptsAsync(request.Scripts, cancellationToken);
        dumpOptions = dumpOptions with { ReadBefore = [.. summary.Files, .. scripts] };
        var version = Task.Run(() => DataVersion(request, dumpOptions, summary, scripts), CancellationToken.None); // takes its time
        var opened = await EngineSelector.OpenAsync(request.Engine, reporter, cancellationToken);
        var (engine, workbench) = (opened.Engine, opened.Workbench);
        await using var leaving = workbench;
        if (summary.Collation is { } collation && workbench.Release is { Product: "MariaDB", Version: var server } && !MySqlCollation.IsKnownTo(server))
            throw collation.UnknownTo(workbench.Release.ToString());
        var inputs = FrameInputs.Of(request, summary, await version, workbench);
        if (request.Incremental && await FrameRecord.FindAsync(request.LayoutDirectory, inputs.All, reporter, cancellationToken) is { } finished)
        {
            reporter.Message(Importance.High, $"The frame of data version {inputs.DataVersion[..12]} is up to date");
            return finished;
        }

        var stored = request.Previous is { } previous
            ? await PreviousFrames.InRegistryAsync(previous, places.Blobs(work.Path), reporter, cancellationToken)
            : null;
        if (request.Incremental && stored is { Image.Manifest.Descriptor.MediaType: MediaTypes.OciManifest } there && there.Frame.Map.Inputs == inputs.Content)
        {
            reporter.Message(Importance.High, $"The registry has the frame of data version {inputs.DataVersion[..12]}");
            return await FinishAsync(request, inputs, engine, workbench, there.Image, there.Frame.Map.FrameTables(), cancellationToken);
        }

        var from = stored?.Frame ?? await PreviousFrames.InLayoutAsync(request.LayoutDirectory, cancellationToken);
        opened.RequireReleaseOf(from.Map.Server);
        places.Require(summary, [], isRead: writer is null && request.Scripts.Count == 0, workbench.BaseImage is null);
        var maker = new FrameMaker(request, places, dumpOptions, summary, inputs, engine, workbench, request.Incremental ? from : from.OnlyNumbers(), work.Path, reporter);
        var (image, tables) = await maker.MakeAsync(entrypoint, ScriptAsync, cancellationToken);
        return await FinishAsync(request, inputs, engine, workbench, image, tables, cancellationToken);

        Task<DumpScript> ScriptAsync(CancellationToken token) => writer is not null
            ? Task.FromResult(writer.Finish())
            : Task.Run(() => DumpScript.Read(request.Dumps, dumpOptions, spool, token), token);
    }

    static async Task<FrameBuild> FinishAsync(
        FrameRequest request,
        FrameInputs inputs,
        IEngine engine,
        IWorkbench workbench,
        OciImage image,
        IReadOnlyList<FrameTable> tables,
        CancellationToken cancellationToken)
    {
        await ImageLayout.WriteAsync(image, request.LayoutDirectory, request.Description.Version, cancellationToken);
        var frame = new FrameBuild(
            request.LayoutDirectory, image.Digest.ToString(), inputs.DataVersion, image.Size, engine.Name,
            workbench.Release.Text, workbench.BaseImage ?? "self", tables, Reused: false);
        new FrameRecord(inputs.All, frame).Write();
        return frame;
    }

    /// <exception cref="StillframeException">SF1001.</exception>
    static async Task<IReadOnlyList<DumpFile>> ScriptsAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var scripts = new List<DumpFile>();
        foreach (var path in paths)
        {
            if (!File.Exists(path))
                throw new StillframeException(ErrorCodes.DumpMissing, $"The script '{path}' does not exist. Correct the path of this DatabaseScript.", new(path));
            await using var stream = File.OpenRead(path);
            var digest = await Digest.OfAsync(stream, cancellationToken);
            scripts.Add(new(path, stream.Position, digest.Hex, null));
        }

        return scripts;
    }

    static string DataVersion(FrameRequest request, DumpOptions dumpOptions, DumpSummary summary, IReadOnlyList<DumpFile> scripts) =>
        DataVersionParts.Of(summary, dumpOptions, [.. scripts.Select(script => script.Sha256)], request.Reader.User, request.ServerOptions).With(request.Reader.Password);

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
