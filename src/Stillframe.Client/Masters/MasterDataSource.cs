using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Stillframe.Client.Telemetry;

namespace Stillframe.Client.Masters;

/// <summary>The master of a <see cref="FrameDataSource"/>: who opens it counts as somebody who writes.</summary>
[SuppressMessage("Usage", "CA2213", Justification = "the one who gave them disposes of them")]
sealed class MasterDataSource(FrameDataSource source, DbDataSource master, TimeSpan limit, RoutingTelemetry telemetry) : DbDataSource
{
    readonly LimitedOpen open = new(master, limit);

    public override string ConnectionString => master.ConnectionString;

    /// <exception cref="MasterUnavailableException">The master is away.</exception>
    public async Task<DbConnection> OpenAsync(string reason, CancellationToken cancellationToken)
    {
        using var activity = RoutingTelemetry.Start();
        try
        {
            var connection = await open.RunAsync(cancellationToken);
            telemetry.Opened(activity, isMaster: true, reason);
            return connection;
        }
        catch (MasterUnavailableException e)
        {
            telemetry.Failed(activity, e);
            throw;
        }
    }

    protected override DbConnection CreateDbConnection()
    {
        ReadYourWrites.Note(source);
        return master.CreateConnection();
    }

    protected override async ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default)
    {
        var connection = await OpenAsync(OpenReason.Write, cancellationToken);
        ReadYourWrites.Note(source);
        return connection;
    }

    // another thread: a caller's own may be the only one that its awaits can go on with
    protected override DbConnection OpenDbConnection() => Task.Run(() => OpenDbConnectionAsync().AsTask()).GetAwaiter().GetResult();
}
