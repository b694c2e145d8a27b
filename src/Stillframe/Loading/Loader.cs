using System.Globalization;
using Stillframe.Dumps;
using Stillframe.Connections;
using Stillframe.Engines;
using Stillframe.Loading.Bulk;

namespace Stillframe.Loading;

/// <summary>What a load needs besides the place to do it in.</summary>
/// <param name="Clock">What the server's clock shows meanwhile.</param>
/// <param name="WorkDirectory">Parent of temporary directories; null for the system's.</param>
sealed record LoadRequest(
    IReadOnlyList<string> Dumps,
    DumpOptions DumpOptions,
    DumpSummary Summary,
    IReadOnlyList<string> Scripts,
    IReadOnlyDictionary<string, string> ServerOptions,
    DateTimeOffset Clock,
    string? WorkDirectory = null);

/// <summary>A data directory whose server was shut down cleanly.</summary>
/// <param name="Builder">The one account that can connect.</param>
/// <param name="UndoTablespaces">Files <c>undo001</c> and so on beside the system tablespace.</param>
sealed record LoadedData(ServerCredentials Builder, int UndoTablespaces);

/// <summary>Dumps to data directory as a whole: system tables, dumps, scripts, clean shutdown.</summary>
static class Loader
{
    /// <summary>Written by one session and forgotten by one thread, the same files come out each time.</summary>
    static readonly string[] Alike = ["--innodb-stats-persistent=0", "--innodb-purge-threads=1"];

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
        await using var server = await workbench.StartServerAsync([.. LoadServer.Options(rowBytes), .. Alike, .. shape], cancellationToken);
        var undo = 0;
        await using (var reader = new LoadSession(server, workbench.Release, builder, request.Clock))
        await using (var session = new LoadSession(server, workbench.Release, builder, request.Clock))
        {
            await reader.HoldHistoryAsync(cancellationToken);
            var progress = new LoadProgress(reporter, request.Summary.Tables.Count, rowBytes);
            await LoadDumpsAsync(session, () => new LoadSession(server, workbench.Release, builder, request.Clock), workbench.Release.Product, request, progress, reporter, cancellationToken);
            progress.Done(request.Summary.Tables.Sum(table => table.Rows));
            foreach (var script in request.Scripts)
            {
                reporter.Message(Importance.Normal, $"Running {script}");
                await DumpLoader.LoadAsync(session, [script], request.DumpOptions with { DefaultSchema = request.Summary.Schemas[0], ReadBefore = [] }, null, cancellationToken);
            }

            await session.ReconnectAsync(cancellationToken);
            undo = await session.RunAsync(async connection =>
                int.Parse(await connection.ScalarAsync("SELECT @@innodb_undo_tablespaces", cancellationToken) ?? "0", CultureInfo.InvariantCulture));
        }

        await server.ShutdownAsync(cancellationToken);
        return new(builder, undo);
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
                    sessions, product, request.Dumps, request.DumpOptions, workers: 1, request.WorkDirectory, progress, reporter, cancellationToken);
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
