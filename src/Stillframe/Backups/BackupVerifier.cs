using Stillframe.Connections;
using Stillframe.Engines;
using Stillframe.Families;
using Stillframe.Loading;
using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.Backups;

/// <summary>Restores a backup into a throw-away server and compares it, and records beside the backup that it did.</summary>
public static class BackupVerifier
{
    /// <summary>Text of statements for each compressed byte, for the size of the server's log and buffers.</summary>
    const int Expansion = 6;

    /// <param name="place">Of the backup, with or without <c>oci://</c>.</param>
    /// <param name="connections">To the server, at once.</param>
    /// <exception cref="StillframeException">SF2xxx, SF3xxx, SF6001; SF6003, SF6004: it can't be restored. Nothing is recorded then.</exception>
    public static async Task<RestoreReport> VerifyAsync(string place, EngineOptions engine, int connections, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(reporter);
        var registry = new RegistryOptions();
        var reference = FetchedBackup.ReferenceOf(place);
        using var client = new RegistryClient(reference.Registry, reference.Repository, RegistryAccess.Push, registry, reporter);
        await client.CheckPushAsync(cancellationToken); // before an hour's restore
        var fetched = await FetchedBackup.GetAsync(place, engine.CacheDirectory, registry, reporter, cancellationToken);
        var backup = await new BackupRepository(client).RequireAsync(reference.WithDigest(fetched.Digest), cancellationToken);
        var report = await RestoreAsync(RestoreSource.OfDirectory(fetched.Directory, $"oci://{reference.WithDigest(fetched.Digest)}"), engine, connections, reporter, cancellationToken);
        var record = new VerificationRecord(fetched.Digest, DateTimeOffset.UtcNow, report.Server, report.Tables - report.CountedTables.Count, report.CountedTables.Count, backup.IsEncrypted ? null : report.Rows);
        await record.PushAsync(reference, backup, registry, reporter, cancellationToken);
        return report;
    }

    static async Task<RestoreReport> RestoreAsync(RestoreSource source, EngineOptions engine, int connections, IReporter reporter, CancellationToken cancellationToken)
    {
        var opened = await EngineSelector.OpenAsync(engine, reporter, cancellationToken);
        await using var sandbox = opened.Sandbox;
        reporter.Message(Importance.Normal, $"Starting {sandbox.Release} to restore {source.Name}");
        var family = ServerFamily.Of(sandbox.Release);
        await family.MakeDataDirectoryAsync(sandbox, [], cancellationToken);
        var accounts = ServerAccounts.Random(source.Schemas);
        var options = family.LoadOptions(Expansion * source.Tables.Sum(table => table.Bytes));
        await using var server = await sandbox.StartServerAsync(options, cancellationToken, family.AccountsSql(accounts));
        var report = await new RestoreRun(source, OpenAsync, connections, reporter) { Prepare = DumpLoader.Prepared }.RunAsync(cancellationToken);
        await server.ShutdownAsync(cancellationToken);
        return report;

        async Task<RestoreSession> OpenAsync(CancellationToken token) => await RestoreSession.BeginAsync(
            await ServerConnection.ConnectAsync(server.Endpoint, accounts.Author.User, accounts.Author.Password, token), "The throw-away server", token);
    }
}
