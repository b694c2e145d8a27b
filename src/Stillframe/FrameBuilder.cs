using Stillframe.Connections;
using Stillframe.Dumps;
using Stillframe.Engines;
using Stillframe.Freezing;
using Stillframe.Images;
using Stillframe.Layers;
using Stillframe.Loading;

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
        var inputs = await FrameRecord.InputsAsync(request, summary, workbench, cancellationToken);
        if (FrameRecord.Find(request.LayoutDirectory, inputs) is { } finished)
        {
            reporter.Message(Importance.High, $"The frame of data version {summary.DataVersion[..12]} is up to date");
            return finished;
        }

        var facts = FrameDescription.Facts(summary, workbench.Release);
        var loaded = await Loader.LoadAsync(
            workbench, new(request.Dumps, dumpOptions, summary, request.Scripts, request.Reader, request.ServerOptions, facts, request.Engine.WorkDirectory), reporter, cancellationToken);
        var frozen = await Freezer.FreezeAsync(workbench, loaded.DataShape, reporter, cancellationToken);

        await using var work = TemporaryDirectory.Create(request.Engine.WorkDirectory);
        reporter.Message(Importance.Normal, "Packing layers");
        var layers = await LayerWriter.WriteAllAsync(DataLayers.Plan(frozen.Path), work.Path, new(), reporter, cancellationToken);
        var baseImage = await WorkbenchBaseImage.ResolveAsync(
            workbench, engine.Name, request.Engine.CacheDirectory, work.Path, reporter, cancellationToken);
        var image = ImageAssembler.Assemble(baseImage, layers, new()
        {
            Entrypoint = ["/usr/sbin/mariadbd", .. entrypoint],
            Labels = FrameDescription.Labels(request, summary, workbench.Release, baseImage.Reference, baseImage.Digest?.ToString()),
            Created = FrameDescription.Created(summary.Source),
        });
        await ImageLayout.WriteAsync(image, request.LayoutDirectory, request.Description.Version, cancellationToken);

        var frame = new FrameBuild(
            request.LayoutDirectory, image.Digest.ToString(), summary.DataVersion, image.Size, engine.Name,
            workbench.Release.Text, workbench.BaseImage ?? "self", loaded.Tables, Reused: false);
        new FrameRecord(inputs, frame).Write();
        return frame;
    }

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
