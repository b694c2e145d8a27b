using System.Data.Common;
using Stillframe.Client.Masters;
using Stillframe.Client.Positions;
using Stillframe.Client.Telemetry;

namespace Stillframe.Client;

/// <summary>
/// Reads go to the frame, writes to the master: two data sources of one provider, whose connections are handed out as they are.
/// </summary>
/// <remarks>
/// While a <see cref="ReadYourWrites"/> lasts, plain opens go to the master for who has written what the frame lacks. A connection that is handed out closed, or a command without one,
/// can't be asked what it will reach: for who has written, it is the master's.
/// </remarks>
public sealed class FrameDataSource : DbDataSource
{
    readonly DbDataSource frame, master;
    readonly MasterDataSource writes;
    readonly RoutingTelemetry telemetry;

    /// <param name="frame">Disposed of with this one, like <paramref name="master"/>.</param>
    public FrameDataSource(DbDataSource frame, DbDataSource master, FrameDataSourceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(master);
        options ??= new();
        if (options.Name.AsSpan().ContainsAny('\n', '\r'))
            throw new ArgumentException("The name of a data source is one line.", nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.MasterTimeout, TimeSpan.Zero, nameof(options));
        (this.frame, this.master, Name, telemetry) = (frame, master, options.Name, new(options.Name));
        writes = new(this, master, options.MasterTimeout, telemetry);
    }

    /// <summary>See <see cref="FrameDataSourceOptions.Name"/>.</summary>
    public string Name { get; }

    /// <summary>Of the frame.</summary>
    public override string ConnectionString => frame.ConnectionString;

    /// <summary>The master as a data source of its own, for who wants one, such as a context of EF Core; its opens are those of <see cref="OpenMasterAsync"/>.</summary>
    public DbDataSource Master => writes;

    /// <summary>Opens the master, for writes. While a <see cref="ReadYourWrites"/> lasts, its user's reads go there from now on.</summary>
    /// <exception cref="MasterUnavailableException">It is away.</exception>
    public ValueTask<DbConnection> OpenMasterAsync(CancellationToken cancellationToken = default) => writes.OpenConnectionAsync(cancellationToken);

    /// <summary>
    /// Opens the frame if the one that answers contains a position, and the master if it doesn't, or if that is not known. The frame is asked each time: during a roll-out one name is two frames.
    /// </summary>
    /// <param name="atLeast">Null for any frame.</param>
    /// <exception cref="MasterUnavailableException">The frame does not contain the position, and the master is away.</exception>
    public async ValueTask<DbConnection> OpenAsync(FramePosition? atLeast, CancellationToken cancellationToken = default) =>
        await TryOpenFrameAsync(atLeast, cancellationToken) ?? await writes.OpenAsync(OpenReason.Behind, cancellationToken);

    /// <summary>What the frame that answers says of itself.</summary>
    /// <returns>Null where it is no frame.</returns>
    /// <exception cref="DbException">As the provider throws it.</exception>
    public async Task<FrameImage?> ReadImageAsync(CancellationToken cancellationToken = default)
    {
        await using var connection = await frame.OpenConnectionAsync(cancellationToken);
        var image = await FrameImage.ReadAsync(connection, cancellationToken);
        telemetry.Saw(image);
        return image;
    }

    /// <summary>Asks the master something that is no write.</summary>
    /// <exception cref="MasterUnavailableException">It is away.</exception>
    internal Task<DbConnection> OpenMasterToLookAsync(CancellationToken cancellationToken) => writes.OpenAsync(OpenReason.Look, cancellationToken);

    /// <summary>Of everything that is committed there now; <see cref="FramePosition.Unknown"/> where it does not answer.</summary>
    internal async Task<FramePosition?> MasterPositionAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await OpenMasterToLookAsync(cancellationToken);
            return await ServerPosition.OfServerAsync(connection, cancellationToken);
        }
        catch (DbException)
        {
            return FramePosition.Unknown;
        }
    }

    /// <inheritdoc/>
    protected override DbConnection CreateDbConnection() =>
        ReadYourWrites.Current is { } user && (user.HasWrittenTo(this) || user.PositionOf(this) is not null) ? master.CreateConnection() : frame.CreateConnection();

    /// <inheritdoc/>
    protected override async ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default)
    {
        if (ReadYourWrites.Current is not { } user)
            return (await TryOpenFrameAsync(null, cancellationToken))!;
        var hasWritten = user.HasWrittenTo(this);
        if (!hasWritten && await TryOpenFrameAsync(user.PositionOf(this), cancellationToken) is { } contained)
            return contained;
        try
        {
            return await writes.OpenAsync(hasWritten ? OpenReason.Written : OpenReason.Behind, cancellationToken);
        }
        catch (MasterUnavailableException)
        {
            user.IsStale = true;
            return await OpenFrameAsync(OpenReason.Stale, cancellationToken);
        }
    }

    /// <inheritdoc/>
    protected override DbConnection OpenDbConnection()
    {
        if (ReadYourWrites.Current is not null)
            return Task.Run(() => OpenDbConnectionAsync().AsTask()).GetAwaiter().GetResult(); // another thread: a caller's own may be the only one that its awaits can go on with
        using var activity = RoutingTelemetry.Start();
        var connection = frame.OpenConnection();
        telemetry.Opened(activity, isMaster: false, OpenReason.Read);
        return connection;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            frame.Dispose();
            master.Dispose();
            telemetry.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <inheritdoc/>
    protected override async ValueTask DisposeAsyncCore()
    {
        await frame.DisposeAsync();
        await master.DisposeAsync();
        telemetry.Dispose();
        await base.DisposeAsyncCore();
    }

    async ValueTask<DbConnection> OpenFrameAsync(string reason, CancellationToken cancellationToken)
    {
        using var activity = RoutingTelemetry.Start();
        var connection = await frame.OpenConnectionAsync(cancellationToken);
        telemetry.Opened(activity, isMaster: false, reason);
        return connection;
    }

    /// <returns>Null where the frame that answers is not known to contain it.</returns>
    async ValueTask<DbConnection?> TryOpenFrameAsync(FramePosition? atLeast, CancellationToken cancellationToken)
    {
        if (atLeast is null)
            return await OpenFrameAsync(OpenReason.Read, cancellationToken);
        using var activity = RoutingTelemetry.Start();
        var connection = await frame.OpenConnectionAsync(cancellationToken);
        try
        {
            if (await FrameImage.PositionAsync(connection, cancellationToken) is { } position && position.Contains(atLeast))
            {
                telemetry.Opened(activity, isMaster: false, OpenReason.Contained);
                return connection;
            }
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }
}
