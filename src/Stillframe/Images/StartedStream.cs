namespace Stillframe.Images;

/// <summary>A stream whose first bytes were read already, with them in front again.</summary>
sealed class StartedStream(ReadOnlyMemory<byte> start, Stream rest) : AsyncReadOnlyStream
{
    ReadOnlyMemory<byte> start = start;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (start.IsEmpty)
            return await rest.ReadAsync(buffer, cancellationToken);
        var count = Math.Min(start.Length, buffer.Length);
        start[..count].CopyTo(buffer);
        start = start[count..];
        return count;
    }
}
