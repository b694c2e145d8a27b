using Stillframe.Connections;
using Stillframe.Processes;

namespace Stillframe.Engines;

/// <summary>A server under a <see cref="SupervisedProcess"/>, on this host or in a container.</summary>
sealed class RunningServer : IServer
{
    static readonly TimeSpan StartTime = TimeSpan.FromMinutes(2);

    readonly SupervisedProcess process;
    readonly string name;

    RunningServer(SupervisedProcess process, string name, ServerEndpoint endpoint) =>
        (this.process, this.name, Endpoint) = (process, name, endpoint);

    public ServerEndpoint Endpoint { get; }

    public Task Exited => process.Exited;

    public string LogTail => process.LogTail;

    /// <summary>Takes over a server that was just started and waits until one of the endpoints greets.</summary>
    /// <param name="name">For messages.</param>
    public static async Task<IServer> WhenReadyAsync(
        SupervisedProcess process,
        string name,
        IReadOnlyList<ServerEndpoint> endpoints,
        CancellationToken cancellationToken)
    {
        process.EndWhenSeen(FullDisk.IsAwaited);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        waiting.CancelAfter(StartTime);
        try
        {
            var greeted = Readiness.WaitAsync(endpoints, waiting.Token);
            if (await Task.WhenAny(greeted, process.Exited) == greeted)
                return new RunningServer(process, name, await greeted);

            await waiting.CancelAsync();
            throw new StillframeException(
                ErrorCodes.ServerStartFailed,
                $"{name} did not start: it ended with exit code {await process.Exited}. Correct what its log complains about:{Quoted(process.LogTail)}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await process.DisposeAsync();
            throw new StillframeException(
                ErrorCodes.ServerStartFailed,
                $"{name} runs but did not answer at {string.Join(" or ", endpoints)} within {StartTime.TotalSeconds:0} seconds. " +
                $"Check that this address can be reached from here; the server's log:{Quoted(process.LogTail)}");
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public async Task ShutdownAsync(CancellationToken cancellationToken)
    {
        var alive = !process.Exited.IsCompleted;
        if (alive)
            await process.SignalAsync("TERM");
        try
        {
            var code = await process.Exited.WaitAsync(cancellationToken);
            if (!alive || code != 0)
            {
                throw new StillframeException(
                    ErrorCodes.ServerDied,
                    $"{name} ended with exit code {code} {(alive ? "instead of shutting down cleanly" : "while it was needed")}. " +
                    $"Check memory and disk space, then build again; the server's log:{Quoted(LogTail)}");
            }
        }
        catch (OperationCanceledException)
        {
            await DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    static string Quoted(string log) =>
        log.Length == 0 ? " (empty)" : string.Concat(log.Split(Environment.NewLine).TakeLast(20).Select(line => $"{Environment.NewLine}  {line}"));
}
