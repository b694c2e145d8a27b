using System.Buffers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Stillframe.Dumps;

/// <summary>Gathers bytes on their way to hashes: many small pieces cost more than their hashing.</summary>
/// <param name="full">Takes a block with the bytes of one hash, and gives one to go on with.</param>
internal sealed class HashBlock(Func<IncrementalHash, byte[], int, byte[]> full) : IDisposable
{
    public const int Size = 1 << 18;

    byte[] block = ArrayPool<byte>.Shared.Rent(Size);
    IncrementalHash? hash;
    int length;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Append(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        if (!ReferenceEquals(hash, this.hash))
            Flush();
        this.hash = hash;
        while (!bytes.IsEmpty)
        {
            var count = Math.Min(bytes.Length, Size - length);
            bytes[..count].CopyTo(block.AsSpan(length));
            length += count;
            bytes = bytes[count..];
            if (length == Size)
                Flush();
        }
    }

    public void Flush()
    {
        if (length > 0)
            block = full(hash!, block, length);
        length = 0;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(block);
}
