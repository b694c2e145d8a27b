using Stillframe.Masters;

namespace Stillframe.Backups;

/// <summary>How a restore is done.</summary>
/// <param name="CacheDirectory">Where fetched backups are kept.</param>
/// <param name="Connections">To the server, at once.</param>
public sealed record RestoreOptions(string CacheDirectory, int Connections = RestoreOptions.UsualConnections)
{
    /// <summary>A server's own work is done on as many threads.</summary>
    public const int UsualConnections = 4;
}

/// <summary>Restores a backup, a dump directory or a dump file into a server whose schemas of these names are empty or not there.</summary>
public static class DumpRestore
{
    /// <summary>Name of the environment variable that programs take the connection string from.</summary>
    public const string Variable = "DatabaseRestoreTo";

    /// <param name="target">A connection string; null is none.</param>
    /// <param name="source"><c>oci://HOST/REPOSITORY:TAG</c>, a directory or a file.</param>
    /// <exception cref="StillframeException">SF1101 the connection string, SF5001, SF5002 and SF5004 the login, SF1xxx the dump, SF3xxx the registry, SF6002 to SF6004.</exception>
    public static async Task<RestoreReport> RunAsync(string? target, string source, RestoreOptions options, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(reporter);
        var address = MasterAddress.Parse(target ?? "", Variable);
        await using (await OpenAsync(address, cancellationToken)) // before anything is fetched
        {
        }

        var opened = await RestoreSource.OpenAsync(source, address.Schemas is [var schema, ..] ? schema : null, options.CacheDirectory, reporter, cancellationToken);
        return await new RestoreRun(opened, token => OpenAsync(address, token), options.Connections, reporter).RunAsync(cancellationToken);
    }

    static async Task<RestoreSession> OpenAsync(MasterAddress address, CancellationToken cancellationToken) =>
        await RestoreSession.BeginAsync(await MasterLogin.ConnectAsync(address, cancellationToken), $"The server {address}", cancellationToken);
}
