using System.Buffers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Stillframe.Dumps;

/// <summary>Gathers bytes on their way to hashes: many small pieces cost more than their hashing.</summary>
/// <param name="full">Takes a block with the bytes of one hash, and gives one to go on with.</param>
internal sealed class HashBlock(Func<IncrementalHash, byte[], int, byte[]> full) : IDisposable
{
    public const int Size = 1 << 18;

    byte[] _block = ArrayPool<byte>.Shared.Rent(Size);
    IncrementalHash? _hash;
    int _length;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Append(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        if (!ReferenceEquals(hash, _hash))
            Flush();
        _hash = hash;
        while (!bytes.IsEmpty)
        {
            var count = Math.Min(bytes.Length, Size - _length);
            bytes[..count].CopyTo(_block.AsSpan(_length));
            _length += count;
            bytes = bytes[count..];
            if (_length == Size)
                Flush();
        }
    }

    public void Flush()
    {
        if (_length > 0)
            _block = full(_hash!, _block, _length);
        _length = 0;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_block);
}
