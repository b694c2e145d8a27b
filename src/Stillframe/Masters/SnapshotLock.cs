using System.Diagnostics;
using Stillframe.Connections;

namespace Stillframe.Masters;

/// <summary>Keeps everybody from committing for the moment in which several snapshots are taken, where nothing else tells that they are the same.</summary>
sealed class SnapshotLock : IAsyncDisposable
{
    readonly MasterSession session;
    readonly Stopwatch clock;
    readonly string release;

    SnapshotLock(MasterSession session, Stopwatch clock, string release) => (this.session, this.clock, this.release) = (session, clock, release);

    /// <returns>Null, with a message that says why, where it is not given within a second.</returns>
    /// <exception cref="StillframeException">SF5001, SF5002.</exception>
    public static async Task<SnapshotLock?> TryTakeAsync(MasterAddress address, IReporter reporter, CancellationToken cancellationToken)
    {
        var session = await MasterSession.OpenAsync(address, cancellationToken);
        try
        {
            await session.ExecuteAsync("SET SESSION lock_wait_timeout = 1", cancellationToken); // everybody waits behind one who waits for a long statement
            var clock = Stopwatch.StartNew();
            if (session.IsMariaDb)
            {
                await session.ExecuteAsync("BACKUP STAGE START", cancellationToken);
                clock.Restart();
                await session.ExecuteAsync("BACKUP STAGE BLOCK_COMMIT", cancellationToken);
                return new(session, clock, "BACKUP STAGE END");
            }

            await session.ExecuteAsync("FLUSH TABLES WITH READ LOCK", cancellationToken);
            return new(session, clock, "UNLOCK TABLES");
        }
        catch (StillframeException e) when (e.InnerException is ServerException refused)
        {
            await session.DisposeAsync();
            reporter.Message(
                Importance.High,
                $"Dumps with one connection: the master writes no log that tells whether several see the same moment, and the lock for it is refused: {refused}. GRANT RELOAD ON *.* TO '{address.User}', or let it write a binary log.");
            return null;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <returns>How long it was held, with the time in which it was waited for.</returns>
    public async Task<TimeSpan> ReleaseAsync(CancellationToken cancellationToken)
    {
        await session.ExecuteAsync(release, cancellationToken);
        return clock.Elapsed;
    }

    /// <summary>The server lets go of it with the connection.</summary>
    public ValueTask DisposeAsync() => session.DisposeAsync();
}
