namespace Stillframe.EndToEnd.Destinations;

/// <summary>Breaks off after so many bytes.</summary>
sealed class CutStream(Stream inner, long left) : ReadOnlyStream
{
    long left = left;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (left == 0)
            throw new IOException("cut");

        var count = await inner.ReadAsync(buffer[..(int)Math.Min(buffer.Length, left)], cancellationToken);
        left -= count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(Span<byte> buffer) => throw new NotSupportedException("Read asynchronously.");
}
