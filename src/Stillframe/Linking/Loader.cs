using Stillframe.Connections;
using Stillframe.Dumps;
using Stillframe.Engines;
using Stillframe.Families;
using Stillframe.Loading;
using Stillframe.Loading.Bulk;
using Stillframe.Masking;

namespace Stillframe.Linking;

/// <summary>What a load needs besides the place to do it in.</summary>
/// <param name="Clock">What the server's clock shows meanwhile.</param>
/// <param name="WorkDirectory">Parent of temporary directories; null for the system's.</param>
sealed record LoadRequest(DumpInput Dumps, IReadOnlyDictionary<string, string> ServerOptions, DateTimeOffset Clock, string? WorkDirectory = null)
{
    /// <summary>Of the dumps' rows.</summary>
    public DumpMasks Masks { get; init; } = DumpMasks.None;

    /// <summary>Tables loaded at a time; with one, the same files come out each time.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Of the server, besides those of its family; they win.</summary>
    public IReadOnlyList<string> LoadOptions { get; init; } = [];
}

/// <summary>Dumps to data directory as a whole: system tables, dumps, scripts, clean shutdown.</summary>
static class Loader
{
    /// <param name="finish">The last that is done in the server, by the builder.</param>
    /// <exception cref="StillframeException">SF1xxx of the reader, SF2005, SF2006, SF2007.</exception>
    public static async Task<T> LoadAsync<T>(
        ISandbox sandbox, LoadRequest request, Func<ServerConnection, Task<T>> finish, LoadProgress progress, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sandbox);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(reporter);
        var family = ServerFamily.Of(sandbox.Release);
        var accounts = ServerAccounts.Random(Schemas(request, cancellationToken));
        var storageOptions = StorageOptions.Of(request.ServerOptions);

        reporter.Message(Importance.Normal, $"Starting {sandbox.Release} to load the dump");
        await family.MakeDataDirectoryAsync(sandbox, storageOptions, cancellationToken);
        var rowBytes = request.Dumps.Summary.Tables.Sum(table => table.RowBytes);
        await using var server = await sandbox.StartServerAsync([.. family.LoadOptions(rowBytes), .. request.LoadOptions, .. storageOptions], cancellationToken, family.AccountsSql(accounts));
        T finished;
        await using (var reader = new LoadSession(server, sandbox.Release, accounts, request.Clock))
        await using (var session = new LoadSession(server, sandbox.Release, accounts, request.Clock))
        {
            await session.ReconnectAsync(SessionOf.Builder, cancellationToken);
            foreach (var statement in family.BeforeRows)
                await session.ExecuteAsync(statement, cancellationToken);
            await reader.HoldHistoryAsync(cancellationToken);
            progress.Begin(request.Dumps.Summary.Tables);
            await LoadDumpsAsync(session, () => new LoadSession(server, sandbox.Release, accounts, request.Clock), request, progress, reporter, cancellationToken);
            progress.Done(request.Dumps.Summary.Tables.Sum(table => table.Rows));
            foreach (var script in request.Dumps.Scripts)
            {
                reporter.Message(Importance.Normal, $"Running {script}");
                await DumpLoader.LoadAsync(session, [script], request.Dumps.ScriptOptions, null, cancellationToken);
            }

            await session.ReconnectAsync(SessionOf.Builder, cancellationToken);
            finished = await session.RunAsync(finish);
        }

        await server.ShutdownAsync(cancellationToken);
        return finished;
    }

    /// <summary>Whatever dumps and scripts make something in; reading has refused what is not theirs.</summary>
    static IReadOnlyList<string> Schemas(LoadRequest request, CancellationToken cancellationToken)
    {
        var ofScripts = request.Dumps.Scripts
            .SelectMany(script => DumpReader.Read([script], request.Dumps.ScriptOptions, SilentReporter.Instance, cancellationToken))
            .Where(statement => statement.IsToBeRun)
            .Select(statement => statement.Schema);
        return [.. request.Dumps.Schemas.Union(ofScripts.OfType<string>(), StringComparer.Ordinal)];
    }

    /// <summary>Nothing of this server is in a frame yet.</summary>
    static void RequireColumns(DumpMasks masks, Dictionary<Dumps.TableName, TableDescription> tables)
    {
        foreach (var mask in masks.Tables)
            mask.RequireColumns(tables.GetValueOrDefault(mask.Name)?.Columns.Select(column => column.Name) ?? []);
    }

    static async Task LoadDumpsAsync(
        LoadSession session, Func<LoadSession> sessions, LoadRequest request, LoadProgress progress, IReporter reporter, CancellationToken cancellationToken)
    {
        if (request.Dumps.Summary.TablesAreIndependent)
        {
            try
            {
                await new BulkLoader(sessions, progress, reporter, request.Masks).LoadAsync(
                    request.Dumps.Paths, request.Dumps.Options, new(request.Workers, request.WorkDirectory), cancellationToken, request.Dumps.Replaced);
                return;
            }
            catch (OrderMattersException e) when (request.Dumps.Replaced.Count == 0)
            {
                reporter.Message(Importance.Normal, $"Loading the dump statement by statement: {e.Message}");
                progress.StartOver();
                await session.ReconnectAsync(SessionOf.Builder, cancellationToken);
                await session.RunAsync(connection => LoadedTables.DropSchemasAsync(connection, cancellationToken));
            }
        }

        await DumpLoader.LoadAsync(session, request.Dumps.Paths, request.Dumps.Options, progress, cancellationToken, request.Masks);
        await session.ReconnectAsync(SessionOf.Builder, cancellationToken);
        if (!request.Masks.IsNone)
            RequireColumns(request.Masks, await session.RunAsync(connection => TableDescription.ReadAllAsync(connection, cancellationToken)));
    }
}
