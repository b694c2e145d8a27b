using System.Buffers;
using Stillframe.Deflate;

namespace Stillframe.Layers;

/// <summary>
/// Packs on all cores: every block of 1 MiB becomes a gzip member or a zstd frame of its own, which may follow one another,
/// so blocks can be packed side by side and the bytes do not depend on how many cores there were.
/// </summary>
/// <param name="pack">Packs the first bytes of a block.</param>
sealed class BlockPackStream(Stream output, Func<byte[], int, PackedBlock> pack) : WriteOnlyStream
{
    const int BlockSize = 1024 * 1024;
    readonly Queue<Task<PackedBlock>> pending = new();
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
                await PackBlockAsync(cancellationToken);
        }
    }

    /// <summary>Packs what is left; nothing may be written after it.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (filled > 0 || !any)
            await PackBlockAsync(cancellationToken);
        while (pending.Count > 0)
            await WriteOldestAsync(cancellationToken);
    }

    async Task PackBlockAsync(CancellationToken cancellationToken)
    {
        if (pending.Count == ahead)
            await WriteOldestAsync(cancellationToken);
        var (full, count) = (block, filled);
        pending.Enqueue(Task.Run(() => Pack(full, count), CancellationToken.None));
        block = ArrayPool<byte>.Shared.Rent(BlockSize);
        filled = 0;
        any = true;
    }

    async Task WriteOldestAsync(CancellationToken cancellationToken)
    {
        using var member = await pending.Dequeue();
        await output.WriteAsync(member.Memory, cancellationToken);
    }

    PackedBlock Pack(byte[] full, int count)
    {
        var packed = pack(full, count);
        ArrayPool<byte>.Shared.Return(full);
        return packed;
    }
}
