using System.Buffers;

namespace Stillframe.Connections;

/// <summary>
/// Packets of the MySQL client/server protocol: three bytes of length, one of sequence, at most 16 MiB − 1 of payload;
/// longer payloads go as several packets. MariaDB manual, "0 - Packet".
/// </summary>
sealed class PacketStream(Stream raw) : IAsyncDisposable
{
    const int Limit = 0xFF_FFFF;
    const int HeaderSize = 4;

    readonly byte[] header = new byte[HeaderSize];
    readonly byte[] buffer = new byte[64 * 1024]; // a row is small, and asking the system for each would take longer than all else
    byte[] payload = new byte[16 * 1024];
    Stream stream = raw;
    int start, end;
    byte sequence;

    /// <summary>A new command starts: the sequence begins at 0 again.</summary>
    public void StartCommand() => sequence = 0;

    /// <summary>What follows goes over another stream, such as an encrypted one.</summary>
    /// <exception cref="IOException">The other side sent something that was not asked for: whoever did would have it taken for a part of what follows.</exception>
    public async Task ReplaceAsync(Func<Stream, Task<Stream>> over) =>
        stream = start == end ? await over(stream) : throw new IOException("it sent more than a greeting before TLS began");

    /// <summary>The next payload, valid until the next read, where all of it has come already: of a thousand rows nearly all, and none of them is waited for.</summary>
    public bool TryRead(out ReadOnlyMemory<byte> next)
    {
        var there = buffer.AsSpan(start, end - start);
        var length = there.Length < HeaderSize ? Limit : there[0] | there[1] << 8 | there[2] << 16;
        if (length == Limit || there.Length < HeaderSize + length)
        {
            next = default;
            return false;
        }

        sequence = (byte)(there[3] + 1);
        next = buffer.AsMemory(start + HeaderSize, length);
        start += HeaderSize + length;
        return true;
    }

    /// <summary>The next payload, valid until the next read.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        int length;
        do
        {
            await FillAsync(header, cancellationToken);
            length = header[0] | header[1] << 8 | header[2] << 16;
            sequence = (byte)(header[3] + 1);
            if (total == 0 && length < Limit && length <= end - start)
            {
                start += length;
                return buffer.AsMemory(start - length, length);
            }

            if (total + length > payload.Length)
                Array.Resize(ref payload, Math.Max(total + length, payload.Length * 2));
            await FillAsync(payload.AsMemory(total, length), cancellationToken);
            total += length;
        }
        while (length == Limit);

        return payload.AsMemory(0, total);
    }

    /// <summary>Writes one payload, of a command byte and bytes that are not copied.</summary>
    public async ValueTask WriteAsync(byte? first, ReadOnlyMemory<byte> rest, CancellationToken cancellationToken)
    {
        var extra = first is null ? 0 : 1;
        var count = Math.Min(rest.Length + extra, Limit) - extra;
        var head = ArrayPool<byte>.Shared.Rent(HeaderSize + 1);
        try
        {
            WriteHeader(head, count + extra);
            if (first is { } command)
                head[HeaderSize] = command;
            await stream.WriteAsync(head.AsMemory(0, HeaderSize + extra), cancellationToken);
            await stream.WriteAsync(rest[..count], cancellationToken);
            var whole = count + extra == Limit;
            rest = rest[count..];
            while (whole)
            {
                count = Math.Min(rest.Length, Limit);
                WriteHeader(head, count);
                await stream.WriteAsync(head.AsMemory(0, HeaderSize), cancellationToken);
                await stream.WriteAsync(rest[..count], cancellationToken);
                whole = count == Limit;
                rest = rest[count..];
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(head);
        }

        await stream.FlushAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    async ValueTask FillAsync(Memory<byte> target, CancellationToken cancellationToken)
    {
        while (target.Length > 0)
        {
            if (start == end)
            {
                (start, end) = (0, 0);
                end = await stream.ReadAsync(buffer, cancellationToken);
                if (end == 0)
                    throw new EndOfStreamException();
            }

            var count = Math.Min(target.Length, end - start);
            buffer.AsSpan(start, count).CopyTo(target.Span);
            start += count;
            target = target[count..];
        }
    }

    void WriteHeader(byte[] head, int length)
    {
        head[0] = (byte)length;
        head[1] = (byte)(length >> 8);
        head[2] = (byte)(length >> 16);
        head[3] = sequence++;
    }
}
