using System.Buffers;
using System.IO.Compression;

namespace Stillframe.Layers;

/// <summary>
/// gzip on all cores: every block of 1 MiB becomes a member of its own (RFC 1952, section 2.2: members follow one another),
/// so blocks can be compressed side by side and the bytes do not depend on how many cores there were.
/// </summary>
/// <param name="level">1 to 9.</param>
sealed class BlockGzipStream(Stream output, int level) : WriteOnlyStream
{
    const int BlockSize = 1024 * 1024;
    readonly ZLibCompressionOptions options = new() { CompressionLevel = level };
    readonly Queue<Task<MemoryStream>> pending = new();
    readonly int ahead = Environment.ProcessorCount + 1;
    byte[] block = ArrayPool<byte>.Shared.Rent(BlockSize);
    int filled;
    bool any;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            var count = Math.Min(buffer.Length, BlockSize - filled);
            buffer[..count].CopyTo(block.AsMemory(filled));
            filled += count;
            buffer = buffer[count..];
            if (filled == BlockSize)
                await CompressBlockAsync(cancellationToken);
        }
    }

    /// <summary>Compresses what is left; nothing may be written after it.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (filled > 0 || !any)
            await CompressBlockAsync(cancellationToken);
        while (pending.Count > 0)
            await WriteOldestAsync(cancellationToken);
    }

    async Task CompressBlockAsync(CancellationToken cancellationToken)
    {
        if (pending.Count == ahead)
            await WriteOldestAsync(cancellationToken);
        var (full, count) = (block, filled);
        pending.Enqueue(Task.Run(() => Compress(full, count), CancellationToken.None));
        block = ArrayPool<byte>.Shared.Rent(BlockSize);
        filled = 0;
        any = true;
    }

    async Task WriteOldestAsync(CancellationToken cancellationToken)
    {
        using var member = await pending.Dequeue();
        await output.WriteAsync(member.GetBuffer().AsMemory(0, (int)member.Length), cancellationToken);
    }

    MemoryStream Compress(byte[] full, int count)
    {
        var member = new MemoryStream(count / 2);
        using (var gzip = new GZipStream(member, options, leaveOpen: true))
            gzip.Write(full, 0, count);
        ArrayPool<byte>.Shared.Return(full);

        // RFC 1952, section 2.3.1: "extra flags" and "operating system" say something of the machine, and nobody reads them
        member.GetBuffer()[8] = 0;
        member.GetBuffer()[9] = 255;
        return member;
    }
}
