namespace Stillframe.Registries;

/// <summary>A cancellation that comes when nothing has moved for a while, or when the caller's does.</summary>
/// <remarks>Own: <c>HttpClient.Timeout</c> counts from the request's start, and a large blob takes as long as it takes.</remarks>
sealed class IdleTimeout : IDisposable
{
    readonly TimeSpan limit;
    readonly CancellationTokenSource source = new();
    readonly CancellationTokenRegistration registration;
    volatile bool disposed;

    public IdleTimeout(TimeSpan limit, CancellationToken cancellationToken)
    {
        this.limit = limit;
        registration = cancellationToken.Register(source.Cancel);
        Renew();
    }

    public CancellationToken Token => source.Token;

    /// <summary>Something moved.</summary>
    public void Renew()
    {
        // an answer may come before the whole body went out
        if (!disposed)
            source.CancelAfter(limit);
    }

    public void Dispose()
    {
        disposed = true;
        // not disposed of: a body that is still being sent may be about to renew it
        source.CancelAfter(Timeout.InfiniteTimeSpan);
        registration.Dispose();
    }
}
