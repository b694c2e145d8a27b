using Stillframe.Dumps;
using Stillframe.Connections;
using Stillframe.Engines;
using Stillframe.Loading.Bulk;

namespace Stillframe.Loading;

/// <summary>What a load needs besides the place to do it in.</summary>
/// <param name="Clock">What the server's clock shows meanwhile.</param>
/// <param name="WorkDirectory">Parent of temporary directories; null for the system's.</param>
public sealed record LoadRequest(
    IReadOnlyList<string> Dumps,
    DumpOptions DumpOptions,
    DumpSummary Summary,
    IReadOnlyList<string> Scripts,
    ReaderAccount Reader,
    IReadOnlyDictionary<string, string> ServerOptions,
    IReadOnlyList<ImageFact> Facts,
    DateTimeOffset Clock,
    string? WorkDirectory = null);

/// <summary>A data directory whose server was shut down cleanly.</summary>
/// <param name="Tables">Every table of the dump and the scripts, in byte order of their names.</param>
/// <param name="DataShape">Options that every later start on the directory needs.</param>
public sealed record LoadedData(IReadOnlyList<FrameTable> Tables, IReadOnlyList<string> DataShape);

/// <summary>Dumps to data directory: system tables, dumps, scripts, accounts, statistics, clean shutdown.</summary>
public static class Loader
{
    /// <exception cref="StillframeException">SF1xxx of the reader, SF2005, SF2006, SF2007.</exception>
    public static async Task<LoadedData> LoadAsync(IWorkbench workbench, LoadRequest request, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(workbench);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(reporter);
        var builder = ServerCredentials.Random(FrameAccounts.Definer);
        var shape = DataShape.Options(request.ServerOptions);

        reporter.Message(Importance.Normal, $"Starting {workbench.Release} to load the dump");
        await SystemTables.CreateAsync(workbench, builder, shape, cancellationToken);
        var rowBytes = request.Summary.Tables.Sum(table => table.RowBytes);
        await using var server = await workbench.StartServerAsync([.. LoadServer.Options(rowBytes), .. shape], cancellationToken);
        IReadOnlyList<FrameTable> tables;
        await using (var session = new LoadSession(server, workbench.Release, builder, request.Clock))
        {
            var progress = new LoadProgress(reporter, request.Summary.Tables.Count, rowBytes);
            await LoadDumpsAsync(session, () => new LoadSession(server, workbench.Release, builder, request.Clock), workbench.Release.Product, request, progress, reporter, cancellationToken);
            progress.Done(request.Summary.Tables.Sum(table => table.Rows));
            foreach (var script in request.Scripts)
            {
                reporter.Message(Importance.Normal, $"Running {script}");
                await DumpLoader.LoadAsync(session, [script], new DumpOptions { DefaultSchema = request.Summary.Schemas[0] }, null, cancellationToken);
            }

            await session.ReconnectAsync(cancellationToken);
            reporter.Message(Importance.Normal, "Gathering index statistics and checksums");
            tables = await session.RunAsync(async connection =>
            {
                await ImageTable.CreateAsync(connection, request.Facts, cancellationToken);
                var found = await LoadedTables.AnalyzeAsync(connection, reporter, cancellationToken);
                var schemas = await LoadedTables.SchemasAsync(connection, cancellationToken);
                await FrameAccounts.SettleAsync(connection, request.Reader, schemas, cancellationToken);
                return found;
            });
        }

        await server.ShutdownAsync(cancellationToken);
        return new(tables, shape);
    }

    static async Task LoadDumpsAsync(
        LoadSession session,
        Func<LoadSession> sessions,
        string product,
        LoadRequest request,
        LoadProgress progress,
        IReporter reporter,
        CancellationToken cancellationToken)
    {
        if (request.Summary.TablesAreIndependent)
        {
            try
            {
                await BulkLoader.LoadAsync(
                    sessions, product, request.Dumps, request.DumpOptions, TableJobs.DefaultWorkers, request.WorkDirectory, progress, reporter, cancellationToken);
                return;
            }
            catch (OrderMattersException e)
            {
                reporter.Message(Importance.Normal, $"Loading the dump statement by statement: {e.Message}");
                progress.StartOver();
                await session.ReconnectAsync(cancellationToken);
                await session.RunAsync(connection => LoadedTables.DropSchemasAsync(connection, cancellationToken));
            }
        }

        await DumpLoader.LoadAsync(session, request.Dumps, request.DumpOptions, progress, cancellationToken);
    }
}
