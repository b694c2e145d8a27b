using System.Data.Common;
using System.Net.Sockets;

namespace Stillframe.Client.Masters;

/// <summary>Opens of a master that end within a limit, with one exception for all that keeps them from it.</summary>
sealed class LimitedOpen(DbDataSource master, TimeSpan limit)
{
    readonly MasterGate gate = new(limit, TimeProvider.System);

    /// <exception cref="MasterUnavailableException">The master is away.</exception>
    public async Task<DbConnection> RunAsync(CancellationToken cancellationToken)
    {
        if (!gate.TryPass())
            throw new MasterUnavailableException($"The master did not answer within {limit.TotalSeconds} s a moment ago, and is not asked again so soon. Nothing was written; reads go on from the frame.");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(limit);
        // not every provider gives up when it is asked to
        var opening = Task.Run(() => master.OpenConnectionAsync(stop.Token).AsTask(), CancellationToken.None);
        try
        {
            var connection = await opening.WaitAsync(stop.Token);
            gate.Answered();
            return connection;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            Abandon(opening);
            throw;
        }
        catch (Exception e) when (stop.IsCancellationRequested)
        {
            Abandon(opening);
            gate.Failed();
            throw new MasterUnavailableException($"The master did not answer within {limit.TotalSeconds} s. Nothing was written; reads go on from the frame.", e);
        }
        catch (Exception e) when (e is DbException or SocketException or IOException or TimeoutException or InvalidOperationException)
        {
            gate.Answered();
            throw new MasterUnavailableException($"The master can't be opened: {e.Message} Nothing was written; reads go on from the frame.", e);
        }
    }

    /// <summary>A connection that comes too late goes back.</summary>
    static void Abandon(Task<DbConnection> opening) => opening.ContinueWith(
        static late =>
        {
            if (late.IsCompletedSuccessfully)
                late.Result.Dispose();
            else
                _ = late.Exception; // nobody else looks at it
        },
        CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
}
