namespace Stillframe.Client.Masters;

/// <summary>After an open that took too long, lets one through in each period; the others need not wait to learn the same.</summary>
/// <param name="period">From the last one that took too long.</param>
sealed class MasterGate(TimeSpan period)
{
    long opensAt; // 0 where all may pass; otherwise as Environment.TickCount64

    /// <summary>Whether an open may be tried.</summary>
    public bool TryPass()
    {
        var (until, now) = (Volatile.Read(ref opensAt), Environment.TickCount64);
        return until == 0 || now >= until && Interlocked.CompareExchange(ref opensAt, After(now), until) == until;
    }

    public void Close() => Volatile.Write(ref opensAt, After(Environment.TickCount64));

    public void Open() => Volatile.Write(ref opensAt, 0);

    long After(long now) => now + Math.Max(1, (long)period.TotalMilliseconds);
}
