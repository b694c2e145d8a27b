using Stillframe.Engines;
using Stillframe.Families;
using Stillframe.Images;
using Stillframe.Layers;
using Stillframe.Loading;

namespace Stillframe.Linking;

/// <summary>
/// As <see cref="WholeFrame"/>, of a server whose own files can't be made equal (<see cref="ServerFamily.NormalizesAll"/>): one run of it loads the dumps, describes the tables and makes
/// the accounts, and its files are the frame's. They differ from build to build, since nothing takes times and numbers of transactions out of them.
/// </summary>
sealed class LoadedFrame(LinkRequest request, IReporter reporter)
{
    /// <param name="sandbox">Its data directory is empty.</param>
    /// <exception cref="StillframeException">SF1xxx, SF2xxx, SF3001.</exception>
    public async Task<LinkedFrame> BuildAsync(ISandbox sandbox, CancellationToken cancellationToken)
    {
        var family = ServerFamily.Of(sandbox.Release);
        var tables = await Loader.LoadAsync(
            sandbox,
            new(request.Dumps, request.Frame.ServerOptions, request.Frame.Clock, request.Work) { Masks = request.Masks, Workers = request.Compile.Workers },
            async connection =>
            {
                reporter.Message(Importance.Normal, "Gathering index statistics and checksums");
                foreach (var statement in family.AfterRows)
                    await connection.ExecuteAsync(statement, cancellationToken);
                var described = await LoadedTables.AnalyzeAsync(connection, reporter, cancellationToken);
                var schemas = await LoadedTables.SchemasAsync(connection, cancellationToken);
                await ImageTable.CreateAsync(connection, request.Frame.Facts, cancellationToken);
                await family.ReplaceAccountsAsync(connection, request.Frame.Reader, schemas, cancellationToken);
                return described.Select(one => one.Table).ToList(); // their statistics are where they belong
            },
            request.Progress,
            reporter,
            cancellationToken);

        var directory = await sandbox.TakeDataDirectoryAsync(cancellationToken);
        family.RemoveLeftovers(directory);
        var map = request.Map(sandbox.Release.Text) with { Layers = await request.LayersBeforeAsync() };
        reporter.Message(Importance.Normal, "Packing layers");
        var plans = DataLayers.Plan(directory, links: family.Links).Append(LinkMapLayer.Plan(map)).ToList();
        var layers = await LayerWriter.WriteAllAsync(plans, request.Work, request.Compile.Layers, reporter, cancellationToken);
        return new(tables, [.. layers.Select(ImageLayer.Of)], []);
    }
}
