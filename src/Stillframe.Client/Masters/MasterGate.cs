namespace Stillframe.Client.Masters;

/// <summary>After an open that took too long, lets one through in each period; the others need not wait to learn the same.</summary>
sealed class MasterGate(TimeSpan period, TimeProvider clock)
{
    const long Open = 0;

    readonly long start = clock.GetTimestamp();
    long opensAt; // ticks since the start, after which one may pass

    /// <summary>Whether an open may be tried.</summary>
    public bool TryPass()
    {
        var (until, now) = (Volatile.Read(ref opensAt), Now);
        return until == Open || now >= until && Interlocked.CompareExchange(ref opensAt, now + period.Ticks, until) == until;
    }

    /// <summary>It took too long.</summary>
    public void Failed() => Volatile.Write(ref opensAt, Now + period.Ticks);

    /// <summary>It came to an end in time.</summary>
    public void Answered() => Volatile.Write(ref opensAt, Open);

    long Now => clock.GetElapsedTime(start).Ticks;
}
