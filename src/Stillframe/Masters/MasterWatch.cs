using System.Globalization;

namespace Stillframe.Masters;

/// <summary>Asks the master on a connection of its own, while it is dumped, how busy it is and how long its history list is.</summary>
sealed class MasterWatch : IAsyncDisposable
{
    const string Threads = "Threads_running", History = "Innodb_history_list_length";

    static readonly TimeSpan pause = TimeSpan.FromMilliseconds(500);

    readonly MasterSession? session;
    readonly MasterLoad load;
    readonly MasterDumpOptions options;
    readonly IReporter reporter;
    readonly CancellationTokenSource ended;
    readonly CancellationTokenSource stop;
    Task watching = Task.CompletedTask;

    MasterWatch(MasterSession? session, MasterLoad load, MasterDumpOptions options, IReporter reporter, CancellationToken cancellationToken)
    {
        (this.session, this.load, this.options, this.reporter) = (session, load, options, reporter);
        ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>Cancelled where the dump has to end, for <see cref="Failure"/> or because it was asked to.</summary>
    public CancellationToken Stop => stop.Token;

    /// <summary>Why the dump has to end; null where it need not.</summary>
    public StillframeException? Failure { get; private set; }

    /// <exception cref="StillframeException">SF5001, SF5002; SF5006 where it is too late already.</exception>
    public static async Task<MasterWatch> StartAsync(MasterAddress address, MasterLoad load, MasterDumpOptions options, IReporter reporter, CancellationToken cancellationToken)
    {
        var session = options.MaxThreadsRunning > 0 || options.MaxHistory > 0 ? await MasterSession.OpenAsync(address, cancellationToken) : null;
        var watch = new MasterWatch(session, load, options, reporter, cancellationToken);
        if (session is null)
            return watch;
        try
        {
            await watch.LookAsync();
            watch.watching = Task.Run(watch.WatchAsync, CancellationToken.None);
            return watch;
        }
        catch
        {
            await watch.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await watching;
        load.Set(isBusy: false);
        if (session is not null)
            await session.DisposeAsync();
        ended.Dispose();
        stop.Dispose();
    }

    async Task WatchAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(pause, ended.Token);
                await LookAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // the dump is done
        }
        catch (StillframeException e)
        {
            Failure = e;
            await stop.CancelAsync();
        }
    }

    async Task LookAsync()
    {
        var status = (await session!.QueryAsync($"SHOW GLOBAL STATUS WHERE Variable_name IN ('{Threads}', '{History}')", ended.Token)).ToDictionary(row => row[0]!, row => row[1], StringComparer.OrdinalIgnoreCase);
        if (options.MaxThreadsRunning > 0 && Number(Threads) is { } all)
        {
            var others = all - 1 - load.Reading; // without this one and those that read
            if (load.Set(others > options.MaxThreadsRunning))
                reporter.Message(Importance.Normal, string.Create(CultureInfo.InvariantCulture, $"{(others > options.MaxThreadsRunning ? "Paused" : "Goes on")}: the master runs {others:N0} threads, the limit is {options.MaxThreadsRunning:N0}"));
        }

        if (options.MaxHistory > 0 && Number(History) is { } history && history > options.MaxHistory)
            throw new StillframeException(
                ErrorCodes.MasterOverloaded,
                string.Create(CultureInfo.InvariantCulture, $"The dump was stopped: the master keeps {history:N0} old versions of rows (its history list), more than the limit of {options.MaxHistory:N0}, and can't drop them while it is dumped. ")
                + "Dump at a quieter time, with more connections (DatabaseDumpConnections) or a higher rate, or raise DatabaseDumpMaxHistory. The previous dump is as it was.");

        long? Number(string name) => long.TryParse(status.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
