using System.Buffers;

namespace Stillframe.Layers;

/// <summary>Writes a tar as a stream. The bytes depend on the entries and <paramref name="time"/> alone.</summary>
/// <param name="time">Modification time of everything.</param>
/// <param name="progress">Told of content bytes, so many since the last time.</param>
sealed class TarOutput(Stream output, DateTimeOffset time, IProgress<long>? progress = null)
{
    const int BufferSize = 256 * 1024;
    static readonly byte[] Zeros = new byte[2 * TarHeader.BlockSize];

    public async Task WriteAsync(LayerEntry entry, CancellationToken cancellationToken)
    {
        switch (entry)
        {
            case LayerEntry.Directory:
                await WriteHeaderAsync(Header(entry, '5') with { Path = entry.Path + "/" }, cancellationToken);
                break;
            case LayerEntry.Link link:
                await WriteHeaderAsync(Header(entry, '2') with { LinkTarget = link.Target }, cancellationToken);
                break;
            case LayerEntry.Content content:
                await WriteFileAsync(entry, content.Bytes.Length, new MemoryStream(content.Bytes), cancellationToken);
                break;
            case LayerEntry.Streamed streamed:
                await using (var source = streamed.Open())
                    await WriteFileAsync(entry, streamed.Length, source, cancellationToken);
                break;
            case LayerEntry.File file:
                await using (var source = Open(file.HostPath))
                    await WriteFileAsync(entry, source.Length, source, cancellationToken);
                break;
        }
    }

    /// <summary>Writes a file whose content comes from a stream of known length.</summary>
    public async Task WriteFileAsync(LayerEntry entry, long size, Stream content, CancellationToken cancellationToken)
    {
        await WriteHeaderAsync(Header(entry, '0') with { Size = size }, cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            for (var left = size; left > 0;)
            {
                var count = await content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellationToken);
                if (count == 0)
                    throw new StillframeException(ErrorCodes.WriteFailed, $"'{entry.Path}' became shorter while it was packed. Nothing else may write to it meanwhile.");
                await output.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                progress?.Report(count);
                left -= count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        await output.WriteAsync(Zeros.AsMemory(0, TarHeader.Padding(size)), cancellationToken);
    }

    /// <summary>Writes the two empty blocks at the end.</summary>
    public async Task EndAsync(CancellationToken cancellationToken) => await output.WriteAsync(Zeros, cancellationToken);

    static FileStream Open(string path)
    {
        try
        {
            return new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StillframeException(ErrorCodes.WriteFailed, $"'{path}' can't be read to be packed: {e.Message.TrimEnd('.')}. Nothing else may touch it meanwhile.", innerException: e);
        }
    }

    TarHeader Header(LayerEntry entry, char type) =>
        new() { Path = entry.Path, Type = type, Mode = entry.Mode, UserId = entry.UserId, GroupId = entry.GroupId, Time = time.ToUnixTimeSeconds() };

    async Task WriteHeaderAsync(TarHeader header, CancellationToken cancellationToken) => await output.WriteAsync(header.ToBytes(), cancellationToken);
}
