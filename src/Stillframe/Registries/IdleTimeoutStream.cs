namespace Stillframe.Registries;

/// <summary>Reads a response's body and says so when something came.</summary>
sealed class IdleTimeoutStream(Stream inner, IdleTimeout timeout) : AsyncReadOnlyStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        timeout.Renew();
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
