using System.Diagnostics;

namespace Stillframe.Masters;

/// <summary>Keeps all connections of a dump within what it may read, and counts what they did.</summary>
/// <param name="rate">Bytes a second; 0 for no limit.</param>
sealed class MasterLoad(double rate)
{
    static readonly TimeSpan shortest = TimeSpan.FromMilliseconds(5);

    readonly Lock gate = new();
    readonly Stopwatch clock = Stopwatch.StartNew();
    TaskCompletionSource? quiet;
    TimeSpan next, paused, pausedSince;
    int waiting, reading;
    long bytes;

    /// <summary>Of rows that came from the master.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>Threads of the master that run for this dump.</summary>
    public int Reading => Volatile.Read(ref reading);

    /// <summary>While at least one connection was held back.</summary>
    public TimeSpan Paused
    {
        get
        {
            lock (gate)
                return paused;
        }
    }

    /// <summary>As <see cref="TakeAsync"/>, of rows.</summary>
    public ValueTask TakeRowsAsync(long count, CancellationToken cancellationToken)
    {
        Interlocked.Add(ref bytes, count);
        return TakeAsync(count, cancellationToken);
    }

    /// <summary>The master is busy: whoever asks next waits until it is not.</summary>
    /// <returns>Whether that is new.</returns>
    public bool Set(bool isBusy)
    {
        lock (gate)
        {
            if (isBusy == quiet is not null)
                return false;
            quiet?.SetResult();
            quiet = isBusy ? new(TaskCreationOptions.RunContinuationsAsynchronously) : null;
            return true;
        }
    }

    /// <summary>Waits until it may go on after so many bytes.</summary>
    public async ValueTask TakeAsync(long count, CancellationToken cancellationToken)
    {
        while (Wait(count) is { } wait)
        {
            count = 0;
            Begin();
            try
            {
                await wait.WaitAsync(cancellationToken);
            }
            finally
            {
                End();
            }
        }
    }

    /// <summary>Runs a statement for which a thread of the master runs all the time.</summary>
    public async Task<T> ReadAsync<T>(Func<Task<T>> work)
    {
        Interlocked.Increment(ref reading);
        try
        {
            return await work();
        }
        finally
        {
            Interlocked.Decrement(ref reading);
        }
    }

    /// <summary>Null where there is nothing to wait for.</summary>
    Task? Wait(long count)
    {
        lock (gate)
        {
            if (quiet is not null)
                return quiet.Task;
            if (rate <= 0 || count == 0)
                return null;
            // what was not used while nobody read is not saved up
            var now = clock.Elapsed;
            next = (next > now ? next : now) + TimeSpan.FromSeconds(count / rate);
            return next - now < shortest ? null : Task.Delay(next - now);
        }
    }

    void Begin()
    {
        lock (gate)
        {
            if (waiting++ == 0)
                pausedSince = clock.Elapsed;
        }
    }

    void End()
    {
        lock (gate)
        {
            if (--waiting == 0)
                paused += clock.Elapsed - pausedSince;
        }
    }
}
